/* Loaded with LD_PRELOAD: writes down what a process does to the files below one folder, in
 * order, and on request stops it or lets its disk fail at the n-th operation.
 *
 * A record is: char op, u32 path length, u32 other length, i64 offset, u64 data length, then
 * path, other path, data. Ops: C create, W write, T truncate (offset is the new size), F fsync,
 * R rename to other, L link as other, U unlink or rmdir, M mkdir, A acknowledged (offset says what).
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
#include <stdlib.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static int log_fd = -1;
static char root[PATH_MAX];
static long operations, kill_at = -1, fail_skip, fail_count;
static int fail_errno, fail_syncs_only;

/* Begin: record into `log` what happens below `folder`. */
void recorder_start(const char *log, const char *folder) {
    strncpy(root, folder, sizeof root - 1);
    log_fd = syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    operations = 0;
}
/* SIGKILL in the middle of the n-th write, or at the n-th other operation, from now. */
void recorder_kill_at(long n) { kill_at = operations + n; }
/* After `skip` more of them, `count` operations fail with `error`: of all that may fail, or of
 * syncs only. */
void recorder_fail(long skip, long count, int error, int syncs_only) {
    fail_skip = skip; fail_count = count; fail_errno = error; fail_syncs_only = syncs_only;
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
/* The absolute form of `path`, which is relative to the folder open as `dir`. */
static int absolute_at(int dir, const char *path, char *out) {
    char base[PATH_MAX], link[64];
    if (path[0] == '/' || dir == AT_FDCWD) return absolute(path, out);
    snprintf(link, sizeof link, "/proc/self/fd/%d", dir);
    ssize_t n = readlink(link, base, PATH_MAX - 1);
    if (n <= 0) return 0;
    base[n] = 0;
    if (snprintf(out, PATH_MAX, "%s/%s", base, path) >= PATH_MAX) return 0;
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
    if (fail_count <= 0 || (fail_syncs_only && !is_sync) || fail_skip-- > 0) return 0;
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
/* Where a plain write goes. */
static off64_t standing(int fd) {
    return lseek64(fd, 0, fcntl(fd, F_GETFL) & O_APPEND ? SEEK_END : SEEK_CUR);
}
ssize_t write(int fd, const void *data, size_t size) {
    REAL(write); WRITE_BODY(real(fd, data, size / 2), real(fd, data, size), standing(fd))
}

/* Several buffers at once: the kernel takes them as one write. */
static void *gathered(const struct iovec *parts, int count, size_t *size) {
    *size = 0;
    for (int i = 0; i < count; i++) *size += parts[i].iov_len;
    char *whole = malloc(*size ? *size : 1), *p = whole;
    for (int i = 0; i < count; i++) { memcpy(p, parts[i].iov_base, parts[i].iov_len);
                                      p += parts[i].iov_len; }
    return whole;
}
ssize_t writev(int fd, const struct iovec *parts, int count) {
    REAL(writev); char path[PATH_MAX]; size_t size;
    if (fd == log_fd || !path_of(fd, path)) return real(fd, parts, count);
    void *whole = gathered(parts, count, &size);
    ssize_t n = write(fd, whole, size);
    free(whole);
    return n;
}
#define PWRITEV(name, type)                                                                      \
    ssize_t name(int fd, const struct iovec *parts, int count, type at) {                        \
        REAL(name); char path[PATH_MAX]; size_t size;                                            \
        if (!path_of(fd, path)) return real(fd, parts, count, at);                               \
        void *whole = gathered(parts, count, &size);                                             \
        ssize_t n = pwrite64(fd, whole, size, at);                                               \
        free(whole);                                                                             \
        return n;                                                                                \
    }
PWRITEV(pwritev, off_t)
PWRITEV(pwritev64, off64_t)

/* Copies inside the kernel, done by hand so that their bytes are seen. */
static ssize_t carried(int out, off64_t *out_at, int in, off64_t *in_at, size_t size) {
    size_t most = size < (1 << 20) ? size : 1 << 20;
    char *data = malloc(most ? most : 1);
    ssize_t n = in_at ? pread64(in, data, most, *in_at) : read(in, data, most);
    if (n > 0) n = out_at ? pwrite64(out, data, n, *out_at) : write(out, data, n);
    if (n > 0 && in_at) *in_at += n;
    if (n > 0 && out_at) *out_at += n;
    free(data);
    return n;
}
#define SENDFILE(name, type)                                                                     \
    ssize_t name(int out, int in, type *at, size_t size) {                                       \
        REAL(name); char path[PATH_MAX];                                                         \
        if (!path_of(out, path)) return real(out, in, at, size);                                 \
        return carried(out, NULL, in, (off64_t *)at, size);                                      \
    }
SENDFILE(sendfile, off_t)
SENDFILE(sendfile64, off64_t)
ssize_t copy_file_range(int in, off64_t *in_at, int out, off64_t *out_at, size_t size,
                        unsigned flags) {
    REAL(copy_file_range); char path[PATH_MAX];
    if (!path_of(out, path)) return real(in, in_at, out, out_at, size, flags);
    return carried(out, out_at, in, in_at, size);
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
        step(); if (fails(0)) return -1;                                                         \
        int r = real(fd, size);                                                                  \
        if (!r) record('T', path, NULL, size, NULL, 0);                                          \
        return r;                                                                                \
    }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)
#define TRUNCATE_PATH(name, type)                                                                \
    int name(const char *given, type size) {                                                     \
        REAL(name); char path[PATH_MAX];                                                         \
        if (!absolute(given, path)) return real(given, size);                                    \
        step(); if (fails(0)) return -1;                                                         \
        int r = real(given, size);                                                               \
        if (!r) record('T', path, NULL, size, NULL, 0);                                          \
        return r;                                                                                \
    }
TRUNCATE_PATH(truncate, off_t)
TRUNCATE_PATH(truncate64, off64_t)
/* Space ahead: to the eye of a reader only the size changes. Both return an error number or -1. */
#define ALLOCATE(name, type, parameters, arguments, refused)                                     \
    int name parameters {                                                                        \
        REAL(name); char path[PATH_MAX]; struct stat before;                                     \
        if (!path_of(fd, path) || fstat(fd, &before)) return real arguments;                     \
        step(); if (fails(0)) return refused;                                                    \
        int r = real arguments;                                                                  \
        if (!r && at + size > before.st_size) record('T', path, NULL, at + size, NULL, 0);       \
        return r;                                                                                \
    }
ALLOCATE(posix_fallocate, off_t, (int fd, off_t at, off_t size), (fd, at, size), errno)
ALLOCATE(posix_fallocate64, off64_t, (int fd, off64_t at, off64_t size), (fd, at, size), errno)
ALLOCATE(fallocate, off_t, (int fd, int mode, off_t at, off_t size), (fd, mode, at, size), -1)
ALLOCATE(fallocate64, off64_t, (int fd, int mode, off64_t at, off64_t size), (fd, mode, at, size),
         -1)

/* Names. `call` is done; `op` is recorded when it worked. */
#define NAMED(op, from, to, may_fail, call)                                                      \
    step(); if (may_fail && fails(0)) return -1;                                                 \
    int r = call;                                                                                \
    if (!r) record(op, from, to, 0, NULL, 0);                                                    \
    return r;
#define PAIR(op, from_dir, from, to_dir, to, call)                                               \
    char a[PATH_MAX], b[PATH_MAX];                                                               \
    if (!absolute_at(from_dir, from, a) || !absolute_at(to_dir, to, b)) return call;             \
    NAMED(op, a, b, 1, call)
int rename(const char *from, const char *to) {
    REAL(rename); PAIR('R', AT_FDCWD, from, AT_FDCWD, to, real(from, to))
}
int renameat(int x, const char *from, int y, const char *to) {
    REAL(renameat); PAIR('R', x, from, y, to, real(x, from, y, to))
}
int renameat2(int x, const char *from, int y, const char *to, unsigned flags) {
    REAL(renameat2); PAIR('R', x, from, y, to, real(x, from, y, to, flags))
}
int link(const char *from, const char *to) {
    REAL(link); PAIR('L', AT_FDCWD, from, AT_FDCWD, to, real(from, to))
}
int linkat(int x, const char *from, int y, const char *to, int flags) {
    REAL(linkat); PAIR('L', x, from, y, to, real(x, from, y, to, flags))
}
#define SINGLE(op, dir, name, may_fail, call)                                                    \
    char path[PATH_MAX];                                                                         \
    if (!absolute_at(dir, name, path)) return call;                                              \
    NAMED(op, path, NULL, may_fail, call)
int unlink(const char *name) { REAL(unlink); SINGLE('U', AT_FDCWD, name, 0, real(name)) }
int unlinkat(int dir, const char *name, int flags) {
    REAL(unlinkat); SINGLE('U', dir, name, 0, real(dir, name, flags))
}
int rmdir(const char *name) { REAL(rmdir); SINGLE('U', AT_FDCWD, name, 0, real(name)) }
int mkdir(const char *name, mode_t mode) {
    REAL(mkdir); SINGLE('M', AT_FDCWD, name, 1, real(name, mode))
}
int mkdirat(int dir, const char *name, mode_t mode) {
    REAL(mkdirat); SINGLE('M', dir, name, 1, real(dir, name, mode))
}
static int opened(int fd, const char *path, int flags, int was_there) {
    if (fd < 0) return fd;
    if ((flags & O_CREAT) && !was_there) record('C', path, NULL, 0, NULL, 0);
    else if (flags & O_TRUNC) record('T', path, NULL, 0, NULL, 0);
    return fd;
}
#define OPEN_BODY(dir, call)                                                                     \
    mode_t mode = 0; char path[PATH_MAX];                                                        \
    if (flags & (O_CREAT | O_TMPFILE)) {                                                         \
        va_list rest; va_start(rest, flags); mode = va_arg(rest, mode_t); va_end(rest);          \
    }                                                                                            \
    if (!(flags & (O_CREAT | O_TRUNC)) || !absolute_at(dir, name, path)) return call;            \
    int was_there = !faccessat(AT_FDCWD, path, F_OK, 0);                                         \
    if (!was_there || (flags & O_TRUNC)) { step(); if (fails(0)) return -1; }                    \
    return opened(call, path, flags, was_there);

int open(const char *name, int flags, ...) {
    REAL(open); OPEN_BODY(AT_FDCWD, real(name, flags, mode))
}
int open64(const char *name, int flags, ...) {
    REAL(open64); OPEN_BODY(AT_FDCWD, real(name, flags, mode))
}
int openat(int dir, const char *name, int flags, ...) {
    REAL(openat); OPEN_BODY(dir, real(dir, name, flags, mode))
}
int openat64(int dir, const char *name, int flags, ...) {
    REAL(openat64); OPEN_BODY(dir, real(dir, name, flags, mode))
}
