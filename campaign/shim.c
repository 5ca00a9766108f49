/*
 * Stands between the server and its database file, by LD_PRELOAD: makes what it asks of the disk fail, keeps a record of
 * every write and flush, and moves the wall clock. Told what to do by a file that both sides have in memory.
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
#include <sys/mman.h>
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
}

static int file_of(int fd) {
    char link[40], path[512];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return OTHER;
    path[length] = 0;
    const char *name = strrchr(path, '/');
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

static ssize_t written(int fd, const void *bytes, ssize_t done, int64_t offset) {
    int file = record_fd < 0 || done <= 0 ? OTHER : file_of(fd);
    if (file != OTHER) keep('w', file, offset, bytes, (int32_t) done);
    return done;
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t offset) {
    REAL(pwrite64);
    return fails(WRITE, fd) ? -1 : written(fd, bytes, real(fd, bytes, count, offset), offset);
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t offset) {
    REAL(pwrite);
    return fails(WRITE, fd) ? -1 : written(fd, bytes, real(fd, bytes, count, offset), offset);
}

ssize_t write(int fd, const void *bytes, size_t count) {
    REAL(write);
    if (fails(WRITE, fd)) return -1;
    int64_t offset = record_fd < 0 ? 0 : lseek(fd, 0, SEEK_CUR);
    return written(fd, bytes, real(fd, bytes, count), offset);
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

int fsync(int fd) {
    REAL(fsync);
    int64_t covered = recorded();
    return fails(FLUSH, fd) ? -1 : flushed(fd, covered, real(fd));
}

int fdatasync(int fd) {
    REAL(fdatasync);
    int64_t covered = recorded();
    return fails(FLUSH, fd) ? -1 : flushed(fd, covered, real(fd));
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
