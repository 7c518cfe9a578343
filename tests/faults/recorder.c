/* Loaded with LD_PRELOAD: writes down what a process does to the files below one folder, in
 * order, and on request stops it or lets its disk fail at the n-th operation.
 *
 * A record is: char op, u32 path length, u32 other length, i64 offset, u64 data length, then
 * path, other path, data. Ops: C create, W write, T truncate (offset is the new size), F fsync,
 * R rename to other, U unlink, M mkdir, A acknowledged (offset says what).
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static int log_fd = -1;
static char root[PATH_MAX];
static long operations, kill_at = -1, fail_from = -1, fail_count;
static int fail_errno, fail_syncs_only;

/* Begin: record into `log` what happens below `folder`. */
void recorder_start(const char *log, const char *folder) {
    strncpy(root, folder, sizeof root - 1);
    log_fd = syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    operations = 0;
}
/* SIGKILL in the middle of the n-th write, or at the n-th other operation, from now. */
void recorder_kill_at(long n) { kill_at = operations + n; }
/* `count` operations from now on fail with `error`; of writes and syncs, or of syncs only. */
void recorder_fail(long count, int error, int syncs_only) {
    fail_from = operations; fail_count = count; fail_errno = error; fail_syncs_only = syncs_only;
}
long recorder_operations(void) { return operations; }

static int below(const char *path) {
    size_t n = strlen(root);
    return n && !strncmp(path, root, n) && (path[n] == '/' || !path[n]);
}
static int path_of(int fd, char *out) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, out, PATH_MAX - 1);
    if (n <= 0) return 0;
    out[n] = 0;
    return below(out);
}
static int absolute(const char *path, char *out) {
    if (path[0] == '/') snprintf(out, PATH_MAX, "%s", path);
    else { char cwd[PATH_MAX]; if (!getcwd(cwd, sizeof cwd)) return 0;
           if (snprintf(out, PATH_MAX, "%s/%s", cwd, path) >= PATH_MAX) return 0; }
    return below(out);
}
static void put(const void *data, size_t n) {
    const char *p = data;
    while (n) { long w = syscall(SYS_write, log_fd, p, n); if (w <= 0) return; p += w; n -= w; }
}
static void record(char op, const char *path, const char *other, int64_t offset, const void *data,
                   uint64_t size) {
    if (log_fd < 0) return;
    uint32_t a = strlen(path), b = other ? strlen(other) : 0;
    char head[25];
    head[0] = op;
    memcpy(head + 1, &a, 4); memcpy(head + 5, &b, 4);
    memcpy(head + 9, &offset, 8); memcpy(head + 17, &size, 8);
    put(head, 25); put(path, a); if (b) put(other, b); if (size) put(data, size);
}
/* The process was told that step `n` is on disk. */
void recorder_acknowledge(long n) { record('A', root, NULL, n, NULL, 0); }

static void step(void) {
    if (++operations == kill_at) kill(getpid(), SIGKILL);
}
static int fails(int is_sync) {
    if (fail_from < 0 || fail_count <= 0 || (fail_syncs_only && !is_sync)) return 0;
    fail_count--;
    errno = fail_errno;
    return 1;
}
#define REAL(name) static __typeof__(&name) real; if (!real) real = dlsym(RTLD_NEXT, #name)

static ssize_t written(const char *path, const void *data, ssize_t n, off64_t at) {
    if (n > 0) record('W', path, NULL, at, data, n);
    return n;
}
#define WRITE_BODY(call_half, call, at)                                                          \
    char path[PATH_MAX];                                                                         \
    if (fd == log_fd || !path_of(fd, path)) return call;                                         \
    if (operations + 1 == kill_at) (void)!(call_half);                                           \
    step();                                                                                      \
    if (fails(0)) return -1;                                                                     \
    off64_t where = (at);                                                                        \
    ssize_t n = call;                                                                            \
    return written(path, data, n, where);

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) {
    REAL(pwrite64); WRITE_BODY(real(fd, data, size / 2, at), real(fd, data, size, at), at)
}
ssize_t pwrite(int fd, const void *data, size_t size, off_t at) {
    REAL(pwrite); WRITE_BODY(real(fd, data, size / 2, at), real(fd, data, size, at), at)
}
ssize_t write(int fd, const void *data, size_t size) {
    REAL(write); WRITE_BODY(real(fd, data, size / 2), real(fd, data, size), lseek64(fd, 0, SEEK_CUR))
}
#define SYNC(name)                                                                               \
    int name(int fd) {                                                                           \
        REAL(name); char path[PATH_MAX];                                                         \
        if (!path_of(fd, path)) return real(fd);                                                 \
        step(); if (fails(1)) return -1;                                                         \
        int r = real(fd);                                                                        \
        if (!r) record('F', path, NULL, 0, NULL, 0);                                             \
        return r;                                                                                \
    }
SYNC(fsync)
SYNC(fdatasync)
#define TRUNCATE(name, type)                                                                     \
    int name(int fd, type size) {                                                                \
        REAL(name); char path[PATH_MAX];                                                         \
        if (!path_of(fd, path)) return real(fd, size);                                           \
        step(); int r = real(fd, size);                                                          \
        if (!r) record('T', path, NULL, size, NULL, 0);                                          \
        return r;                                                                                \
    }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)
int rename(const char *from, const char *to) {
    REAL(rename); char a[PATH_MAX], b[PATH_MAX];
    if (!absolute(from, a) || !absolute(to, b)) return real(from, to);
    step(); int r = real(from, to);
    if (!r) record('R', a, b, 0, NULL, 0);
    return r;
}
int unlink(const char *name) {
    REAL(unlink); char path[PATH_MAX];
    if (!absolute(name, path)) return real(name);
    step(); int r = real(name);
    if (!r) record('U', path, NULL, 0, NULL, 0);
    return r;
}
int mkdir(const char *name, mode_t mode) {
    REAL(mkdir); char path[PATH_MAX];
    if (!absolute(name, path)) return real(name, mode);
    step(); int r = real(name, mode);
    if (!r) record('M', path, NULL, 0, NULL, 0);
    return r;
}
static void opened(int fd, const char *name, int flags, int was_there) {
    char path[PATH_MAX];
    if (fd < 0 || !absolute(name, path)) return;
    if ((flags & O_CREAT) && !was_there) record('C', path, NULL, 0, NULL, 0);
    else if (flags & O_TRUNC) record('T', path, NULL, 0, NULL, 0);
}
#define OPEN_BODY(call)                                                                          \
    mode_t mode = 0;                                                                             \
    if (flags & (O_CREAT | O_TMPFILE)) {                                                         \
        va_list rest; va_start(rest, flags); mode = va_arg(rest, mode_t); va_end(rest);          \
    }                                                                                            \
    int was_there = (flags & O_CREAT) ? !faccessat(AT_FDCWD, name, F_OK, 0) : 1;                 \
    int fd = call; opened(fd, name, flags, was_there); return fd;

int open(const char *name, int flags, ...) { REAL(open); OPEN_BODY(real(name, flags, mode)) }
int open64(const char *name, int flags, ...) { REAL(open64); OPEN_BODY(real(name, flags, mode)) }
int openat(int dir, const char *name, int flags, ...) {
    REAL(openat); OPEN_BODY(real(dir, name, flags, mode))
}
int openat64(int dir, const char *name, int flags, ...) {
    REAL(openat64); OPEN_BODY(real(dir, name, flags, mode))
}
