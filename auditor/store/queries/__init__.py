"""What is read: functions of a connection that return frozen records of the domain."""
