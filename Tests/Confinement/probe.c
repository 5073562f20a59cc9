// SPDX-License-Identifier: GPL-2.0-or-later
//
// A test program that confines itself like a modem process and then makes one attempt:
//   confinement-probe DEVICE ATTEMPT [PATH]
//   confinement-probe --in-thread DEVICE ATTEMPT [PATH]
//   confinement-probe --has-landlock
// Exit status 0: the attempt succeeded. 1: it failed, and the error name is written to descriptor 3. A signal: the
// kernel killed the process.
#define _GNU_SOURCE
#include "confine.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <termios.h>
#include <unistd.h>

static char *target;

static int try_socket(void) { return socket(AF_INET, SOCK_STREAM, 0); }
static int try_unix_socket(void) { return socket(AF_UNIX, SOCK_STREAM, 0); }

static int try_execve(void)
{
    char *const arguments[] = {target, NULL};
    return execve(target, arguments, arguments + 1);
}

static int try_ptrace(void) { return (int)ptrace(PTRACE_ATTACH, getppid(), NULL, NULL); }

static int peek(int call)
{
    static char here[8];
    struct iovec mine = {here, sizeof here};
    return (int)syscall(call, getppid(), &mine, 1, &mine, 1, 0);
}

static int try_process_vm_readv(void) { return peek(SYS_process_vm_readv); }
static int try_process_vm_writev(void) { return peek(SYS_process_vm_writev); }
static int try_bpf(void) { return (int)syscall(SYS_bpf, 0, NULL, 0); }
static int try_keyctl(void) { return (int)syscall(SYS_keyctl, 0, 0, 0, 0, 0); }
static int try_io_uring(void) { return (int)syscall(425, 1, NULL); }
static int try_unshare(void) { return (int)syscall(SYS_unshare, 0x10000000); }
static int try_personality(void) { return (int)syscall(SYS_personality, 0x0400000); }

static int try_read(void) { return open(target, O_RDONLY); }
static int try_write(void) { return open(target, O_WRONLY); }
static int try_create(void) { return open(target, O_WRONLY | O_CREAT, 0600); }
static int try_terminal(void) { return open(target, O_RDWR | O_NOCTTY | O_NONBLOCK); }
static int try_list(void) { return open(target, O_RDONLY | O_DIRECTORY); }
static int try_unlink(void) { return unlink(target); }
static int try_mkdir(void) { return mkdir(target, 0700); }
static int try_chmod(void) { return chmod(target, 0777); }

static int try_fork(void)
{
    pid_t child = fork();
    if (child == 0) {
        _exit(0);
    }
    return child;
}

static int try_kill(void) { return kill(getppid(), 0); }
static int try_tgkill(void) { return (int)syscall(SYS_tgkill, getppid(), getppid(), 0); }
static int try_undo(void) { return prctl(PR_SET_DUMPABLE, 1, 0, 0, 0); }

static int try_limits(void)
{
    const struct rlimit more = {1, 1};
    return setrlimit(RLIMIT_FSIZE, &more);
}

static int map(int protection)
{
    void *page = mmap(NULL, 4096, protection, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return page == MAP_FAILED ? -1 : 0;
}

static int try_executable_memory(void) { return map(PROT_READ | PROT_EXEC); }

static int try_protecting(void)
{
    void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return mprotect(page, 4096, PROT_READ | PROT_EXEC);
}

static int try_typing(void)
{
    int port = open(target, O_RDWR | O_NOCTTY | O_NONBLOCK);
    return port < 0 ? 0 : ioctl(port, TIOCSTI, "x");
}

/// Checks what must still work: closing and opening the port, configuring it, writing to it and locking it, and
/// allocating memory.
static int try_port(void)
{
    for (int round = 0; round < 3; round++) {
        struct termios settings;
        int port = open(target, O_RDWR | O_NOCTTY | O_NONBLOCK);
        if (port < 0 || ioctl(port, TIOCEXCL) != 0 || tcgetattr(port, &settings) != 0 ||
            tcsetattr(port, TCSANOW, &settings) != 0 || tcflush(port, TCIOFLUSH) != 0 ||
            fcntl(port, F_SETFL, 0) != 0 || write(port, "AT\r", 3) != 3 || ioctl(port, TIOCNXCL) != 0 ||
            close(port) != 0) {
            return -1;
        }
    }
    return map(PROT_READ | PROT_WRITE);
}

static const struct attempt {
    const char *name;
    int (*make)(void);
} attempts[] = {
    {"socket", try_socket},
    {"unix-socket", try_unix_socket},
    {"execve", try_execve},
    {"ptrace", try_ptrace},
    {"process-vm-readv", try_process_vm_readv},
    {"process-vm-writev", try_process_vm_writev},
    {"bpf", try_bpf},
    {"keyctl", try_keyctl},
    {"io-uring", try_io_uring},
    {"unshare", try_unshare},
    {"personality", try_personality},
    {"read", try_read},
    {"write", try_write},
    {"create", try_create},
    {"terminal", try_terminal},
    {"list", try_list},
    {"unlink", try_unlink},
    {"mkdir", try_mkdir},
    {"chmod", try_chmod},
    {"fork", try_fork},
    {"kill", try_kill},
    {"tgkill", try_tgkill},
    {"undo", try_undo},
    {"limits", try_limits},
    {"executable-memory", try_executable_memory},
    {"protecting", try_protecting},
    {"typing", try_typing},
    {"port", try_port},
};

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static const struct attempt *chosen;

static int report(void)
{
    errno = 0;
    if (chosen->make() >= 0) {
        return 0;
    }
    dprintf(3, "%s", strerrorname_np(errno));
    return 1;
}

/// A thread started before the calls were filtered, as in the modem process.
static void *in_thread(void *unused)
{
    (void)unused;
    pthread_mutex_lock(&turn);
    _exit(report());
}

int main(int count, char *arguments[])
{
    if (count == 2 && strcmp(arguments[1], "--has-landlock") == 0) {
        return gridpost_confine_files("/dev/null") > 0 ? 0 : 1;
    }
    const int threaded = count > 1 && strcmp(arguments[1], "--in-thread") == 0;
    arguments += threaded;
    count -= threaded;
    if (count < 3) {
        return 64;
    }
    target = count > 3 ? arguments[3] : arguments[1];
    for (size_t index = 0; index < sizeof attempts / sizeof attempts[0]; index++) {
        if (strcmp(attempts[index].name, arguments[2]) == 0) {
            chosen = &attempts[index];
        }
    }
    if (chosen == NULL) {
        return 64;
    }
    pthread_t thread;
    pthread_mutex_lock(&turn);
    if (gridpost_confine_memory() != 0 || gridpost_confine_files(arguments[1]) < 0 ||
        (threaded && pthread_create(&thread, NULL, in_thread, NULL) != 0) || gridpost_confine_calls() != 0) {
        perror("confinement");
        return 70;
    }
    if (threaded) {
        pthread_mutex_unlock(&turn);
        pthread_join(thread, NULL);
    }
    return report();
}
