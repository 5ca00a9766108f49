/*
 * Stands between the server and its database file, by LD_PRELOAD: makes what it asks of the disk fail, keeps a record of
 * every write and flush, and moves the wall clock. Told what to do by a file that both sides have in memory. Before the
 * processes of PostgreSQL it keeps what every write replaces until a flush covers it, for PageCache.java to put back.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum { NOTHING, WRITE, FLUSH, READ };
enum { DATABASE, LOG, OTHER };

/* Shim.java writes it, field by field. */
static volatile struct control {
    int64_t seconds; /* added to the wall clock */
    int32_t fault;   /* what fails */
    int32_t error;   /* and how */
    int32_t after;   /* so many go well first */
    int32_t times;   /* then so many fail */
    int32_t hits;    /* how many have failed */
} *control;

struct record { int64_t nanos, offset; int32_t length; char kind, file, pad[2]; };
static int record_fd = -1;
static const char *data, *unflushed;
static pthread_mutex_t one = PTHREAD_MUTEX_INITIALIZER;

#define REAL(name) static __typeof__(&name) real; if (!real) real = (__typeof__(&name)) dlsym(RTLD_NEXT, #name)

__attribute__((constructor)) static void begin(void) {
    const char *name = getenv("SHIM_CONTROL");
    int fd = name ? open(name, O_RDWR) : -1;
    if (fd >= 0) {
        void *shared = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
        if (shared != MAP_FAILED) control = shared;
        close(fd);
    }
    name = getenv("SHIM_RECORD");
    if (name) record_fd = open(name, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    /* PostgreSQL writes over its environment, to be told apart in lists of processes. */
    if (getenv("SHIM_UNFLUSHED")) {
        data = strdup(getenv("SHIM_DATA"));
        unflushed = strdup(getenv("SHIM_UNFLUSHED"));
    }
}

enum { LONGEST_PATH = 512 };

/* Where an open file lies; empty for what lies nowhere. */
static const char *path_of(int fd, char path[LONGEST_PATH]) {
    char link[40];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, LONGEST_PATH - 1);
    path[length < 0 ? 0 : length] = 0;
    return path;
}

static int file_of(int fd) {
    char path[LONGEST_PATH];
    const char *name = strrchr(path_of(fd, path), '/');
    if (!name) return OTHER;
    if (!strcmp(name, "/latchkey.db")) return DATABASE;
    return strcmp(name, "/latchkey.db-wal") ? OTHER : LOG;
}

static int fails(int what, int fd) {
    if (!control || control->fault != what || file_of(fd) == OTHER) return 0;
    pthread_mutex_lock(&one);
    int failing = 0;
    if (control->fault == what) {
        if (control->after > 0) control->after--;
        else if (control->times > 0) { control->times--; control->hits++; failing = 1; }
    }
    pthread_mutex_unlock(&one);
    if (failing) errno = control->error;
    return failing;
}

/* The time is taken under the lock, so records stand in the order of their times. */
static void keep(char kind, int file, int64_t offset, const void *bytes, int32_t length) {
    struct timespec now;
    pthread_mutex_lock(&one);
    clock_gettime(CLOCK_MONOTONIC, &now);
    struct record head = { now.tv_sec * 1000000000LL + now.tv_nsec, offset, length, kind, (char) file, {0, 0} };
    struct iovec parts[] = { { &head, sizeof head }, { (void *) bytes, length } };
    if (writev(record_fd, parts, 2) < 0) abort();
    pthread_mutex_unlock(&one);
}

/* What no flush covers yet lies in a file for each of theirs: where it was, how long theirs was, and what was there. */
struct replaced { int64_t offset, size; int32_t length, pad; };

/* Opens and locks what is kept of a file; -1 for files that are none of the database's. Found again by inode and birth. */
static int kept(int fd, int64_t *size) {
    char path[LONGEST_PATH];
    struct statx found;
    if (!unflushed || strncmp(path_of(fd, path), data, strlen(data))) return -1;
    if (statx(fd, "", AT_EMPTY_PATH, STATX_BASIC_STATS | STATX_BTIME, &found) || !S_ISREG(found.stx_mode)) return -1;
    snprintf(path, sizeof path, "%s/%lld-%lld", unflushed, (long long) found.stx_ino,
        (long long) found.stx_btime.tv_sec * 1000000 + found.stx_btime.tv_nsec / 1000);
    int log = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (log < 0 || flock(log, LOCK_EX)) abort();
    struct stat now;
    if (fstat(fd, &now)) abort();
    *size = now.st_size;
    return log;
}

/* To be closed after the write, which nobody else of the database does to that file meanwhile. */
__attribute__((noinline)) static int replacing(int fd, int64_t offset, int64_t count) {
    char old[8192]; /* A page. Not for each thread, as some of Java's have little room for what is. */
    int64_t size;
    int saved = errno, log = kept(fd, &size);
    for (int64_t at = offset; log >= 0 && at < offset + count; at += sizeof old) {
        size_t part = offset + count - at < (int64_t) sizeof old ? (size_t) (offset + count - at) : sizeof old;
        ssize_t length = syscall(SYS_pread64, fd, old, part, at);
        struct replaced head = { at, size, length < 0 ? 0 : (int32_t) length, 0 };
        struct iovec parts[] = { { &head, sizeof head }, { old, head.length } };
        if (syscall(SYS_writev, log, parts, 2) < 0) abort();
    }
    errno = saved;
    return log;
}

static void done(int log) {
    if (log >= 0) {
        int saved = errno;
        close(log);
        errno = saved;
    }
}

static ssize_t written(int fd, const void *bytes, ssize_t done, int64_t offset) {
    int file = record_fd < 0 || done <= 0 ? OTHER : file_of(fd);
    if (file != OTHER) keep('w', file, offset, bytes, (int32_t) done);
    return done;
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t offset) {
    REAL(pwrite64);
    if (fails(WRITE, fd)) return -1;
    int log = replacing(fd, offset, count);
    ssize_t result = written(fd, bytes, real(fd, bytes, count, offset), offset);
    done(log);
    return result;
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t offset) {
    REAL(pwrite);
    if (fails(WRITE, fd)) return -1;
    int log = replacing(fd, offset, count);
    ssize_t result = written(fd, bytes, real(fd, bytes, count, offset), offset);
    done(log);
    return result;
}

ssize_t write(int fd, const void *bytes, size_t count) {
    REAL(write);
    if (fails(WRITE, fd)) return -1;
    int64_t offset = record_fd < 0 && !unflushed ? 0 : lseek(fd, 0, fcntl(fd, F_GETFL) & O_APPEND ? SEEK_END : SEEK_CUR);
    int log = replacing(fd, offset, count);
    ssize_t result = written(fd, bytes, real(fd, bytes, count), offset);
    done(log);
    return result;
}

/* Only PostgreSQL writes so. */
ssize_t pwritev(int fd, const struct iovec *parts, int number, off_t offset) {
    REAL(pwritev);
    int64_t count = 0;
    for (int i = 0; i < number; i++) count += parts[i].iov_len;
    int log = replacing(fd, offset, count);
    ssize_t result = real(fd, parts, number, offset);
    done(log);
    return result;
}

ssize_t pwritev64(int fd, const struct iovec *parts, int number, off64_t offset) {
    return pwritev(fd, parts, number, offset);
}

/* The length of the record; what a flush covers was recorded before it began. */
static int64_t recorded(void) {
    return record_fd < 0 ? 0 : lseek(record_fd, 0, SEEK_END);
}

static int flushed(int fd, int64_t covered, int result) {
    int file = record_fd < 0 || result ? OTHER : file_of(fd);
    if (file != OTHER) keep('f', file, covered, "", 0);
    return result;
}

/* Nobody writes to the file meanwhile, so all that was replaced in it is gone for good. */
static int flush(int fd, int (*real)(int)) {
    int64_t covered = recorded(), size;
    int log = kept(fd, &size);
    int result = flushed(fd, covered, real(fd));
    if (log >= 0 && !result && syscall(SYS_ftruncate, log, 0)) abort();
    done(log);
    return result;
}

int fsync(int fd) {
    REAL(fsync);
    return fails(FLUSH, fd) ? -1 : flush(fd, real);
}

int fdatasync(int fd) {
    REAL(fdatasync);
    return fails(FLUSH, fd) ? -1 : flush(fd, real);
}

static int cut(int fd, int64_t length, int result) {
    int file = record_fd < 0 || result ? OTHER : file_of(fd);
    if (file != OTHER) keep('t', file, length, "", 0);
    return result;
}

int ftruncate64(int fd, off64_t length) {
    REAL(ftruncate64);
    return fails(WRITE, fd) ? -1 : cut(fd, length, real(fd, length));
}

int ftruncate(int fd, off_t length) {
    REAL(ftruncate);
    return fails(WRITE, fd) ? -1 : cut(fd, length, real(fd, length));
}

ssize_t pread64(int fd, void *bytes, size_t count, off64_t offset) {
    REAL(pread64);
    return fails(READ, fd) ? -1 : real(fd, bytes, count, offset);
}

ssize_t pread(int fd, void *bytes, size_t count, off_t offset) {
    REAL(pread);
    return fails(READ, fd) ? -1 : real(fd, bytes, count, offset);
}

ssize_t read(int fd, void *bytes, size_t count) {
    REAL(read);
    return fails(READ, fd) ? -1 : real(fd, bytes, count);
}

int clock_gettime(clockid_t clock, struct timespec *time) {
    REAL(clock_gettime);
    int result = real(clock, time);
    if (!result && control && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) time->tv_sec += control->seconds;
    return result;
}

int gettimeofday(struct timeval *restrict value, void *restrict zone) {
    struct timespec now;
    (void) zone;
    clock_gettime(CLOCK_REALTIME, &now);
    value->tv_sec = now.tv_sec;
    value->tv_usec = now.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *place) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (place) *place = now.tv_sec;
    return now.tv_sec;
}
