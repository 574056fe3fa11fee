/* Preloaded: lets the n-th write, fdatasync, … on files below one directory fail, as a bad disk would. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static char under[PATH_MAX];
static char failing[64];
static int left = -1, for_good, met;

/* The n-th of these calls fails, or all from there on where it is for good. n = -1: none. */
void arm(const char *directory, const char *calls, int n, int ever) {
    strncpy(under, directory, sizeof under - 1);
    strncpy(failing, calls, sizeof failing - 1);
    left = n;
    for_good = ever;
    met = 0;
}

void mend(void) { left = -1; }

int was_met(void) { return met; }

static int fails(const char *call, const char *path) {
    if (left < 0 || !strstr(failing, call) || strncmp(path, under, strlen(under))) return 0;
    if (left > 0) return left--, 0;
    if (!for_good) left = -1;
    met = 1;
    errno = EIO;
    return 1;
}

static int fails_fd(const char *call, int fd) {
    char link[64], path[PATH_MAX];
    if (left < 0) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return fails(call, path);
}

#define REAL(name, type) ((type)dlsym(RTLD_NEXT, name))

ssize_t write(int fd, const void *data, size_t size) {
    if (fails_fd("write", fd)) { /* half of it is written before the disk gives up */
        REAL("write", ssize_t (*)(int, const void *, size_t))(fd, data, size / 2);
        errno = EIO;
        return -1;
    }
    return REAL("write", ssize_t (*)(int, const void *, size_t))(fd, data, size);
}

int fdatasync(int fd) { return fails_fd("fdatasync", fd) ? -1 : REAL("fdatasync", int (*)(int))(fd); }
int fsync(int fd) { return fails_fd("fsync", fd) ? -1 : REAL("fsync", int (*)(int))(fd); }
int ftruncate(int fd, off_t n) { return fails_fd("ftruncate", fd) ? -1 : REAL("ftruncate", int (*)(int, off_t))(fd, n); }
int ftruncate64(int fd, off_t n) { return fails_fd("ftruncate", fd) ? -1 : REAL("ftruncate64", int (*)(int, off_t))(fd, n); }
int rename(const char *old, const char *new) {
    return fails("rename", old) ? -1 : REAL("rename", int (*)(const char *, const char *))(old, new);
}
int unlink(const char *path) { return fails("unlink", path) ? -1 : REAL("unlink", int (*)(const char *))(path); }
