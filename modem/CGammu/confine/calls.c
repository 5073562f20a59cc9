// SPDX-License-Identifier: GPL-2.0-or-later
#define _GNU_SOURCE
#include "confine.h"

#include <asm/termbits.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <asm/ioctls.h>

// The filter is a program for the kernel's packet filter (BPF). It reads the architecture, number and arguments of a
// system call and returns the action. See the kernel's Documentation/userspace-api/seccomp_filter.rst.

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#else
#error "The system call filter supports only x86_64 and aarch64."
#endif

// Calls that the headers of Debian 12's C library may lack; the numbers are the same on every architecture.
enum { call_io_uring_setup = 425, call_open_tree = 428, call_move_mount = 429, call_fsopen = 430, call_fsmount = 432,
       call_fspick = 433, call_pidfd_getfd = 438, call_mount_setattr = 442 };

/// Calls that a serial port, threads, memory and clocks need, with any arguments.
static const int allowed[] = {
    __NR_read, __NR_write, __NR_readv, __NR_writev, __NR_close, __NR_lseek,
    __NR_ppoll, __NR_pselect6, __NR_flock,
    __NR_fstat, __NR_newfstatat, __NR_statx, __NR_faccessat, __NR_faccessat2, __NR_readlinkat,
    __NR_munmap, __NR_mremap, __NR_brk, __NR_madvise,
    __NR_nanosleep, __NR_clock_nanosleep, __NR_clock_gettime, __NR_clock_getres, __NR_gettimeofday,
    __NR_futex, __NR_sched_yield, __NR_sched_getaffinity, __NR_set_robust_list, __NR_rseq,
    __NR_rt_sigaction, __NR_rt_sigprocmask, __NR_rt_sigpending, __NR_rt_sigsuspend, __NR_rt_sigtimedwait,
    __NR_rt_sigreturn, __NR_sigaltstack, __NR_restart_syscall,
    __NR_getrandom, __NR_uname, __NR_sysinfo,
    __NR_getpid, __NR_gettid, __NR_getuid, __NR_geteuid, __NR_getgid, __NR_getegid,
    __NR_exit, __NR_exit_group,
#ifdef __x86_64__
    // Older forms, which do not exist on 64-bit ARM.
    __NR_poll, __NR_select, __NR_stat, __NR_lstat, __NR_access, __NR_readlink, __NR_time,
#endif
};

/// Calls that only a hijacked process makes: other programs, other processes, network, mounts, the kernel itself.
static const int deadly[] = {
    __NR_execve, __NR_execveat,
    __NR_ptrace, __NR_process_vm_readv, __NR_process_vm_writev, __NR_kcmp, call_pidfd_getfd,
    __NR_socket, __NR_socketpair, __NR_connect, __NR_bind, __NR_listen, __NR_accept, __NR_accept4,
    __NR_bpf, __NR_perf_event_open, __NR_userfaultfd, call_io_uring_setup,
    __NR_keyctl, __NR_add_key, __NR_request_key,
    __NR_mount, __NR_umount2, __NR_pivot_root, __NR_chroot, __NR_unshare, __NR_setns, call_open_tree, call_move_mount,
    call_fsopen, call_fsmount, call_fspick, call_mount_setattr, __NR_name_to_handle_at, __NR_open_by_handle_at,
    __NR_init_module, __NR_finit_module, __NR_delete_module, __NR_kexec_load, __NR_reboot, __NR_personality,
};

/// The permitted ioctl requests for a serial port. TIOCSTI, which types into a terminal, is not one of them.
static const int requests[] = {
    TCGETS, TCSETS, TCSETSW, TCSETSF, (int)TCGETS2, (int)TCSETS2, (int)TCSETSW2, (int)TCSETSF2,
    TCSBRK, TCSBRKP, TIOCSBRK, TIOCCBRK, TCXONC, TCFLSH, TIOCEXCL, TIOCNXCL, TIOCOUTQ, FIONREAD,
    TIOCMGET, TIOCMBIS, TIOCMBIC, TIOCMSET,
};

static const int descriptor_commands[] = {
    F_DUPFD, F_DUPFD_CLOEXEC, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_GETLK, F_SETLK,
};

#define LENGTH(list) (sizeof(list) / sizeof((list)[0]))

struct program {
    struct sock_filter steps[512];
    unsigned short length;
};

static void add(struct program *program, uint16_t code, uint32_t value, uint8_t if_so, uint8_t if_not)
{
    // A program that is too long is rejected later: its length is checked before it is set.
    if (program->length < LENGTH(program->steps)) {
        program->steps[program->length] = (struct sock_filter){code, if_so, if_not, value};
    }
    program->length++;
}

static void load(struct program *program, size_t offset)
{
    add(program, BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset, 0, 0);
}

/// The lower half of an argument. Both architectures are little-endian.
static void load_argument(struct program *program, int index)
{
    load(program, offsetof(struct seccomp_data, args) + sizeof(uint64_t) * (size_t)index);
}

static void load_upper_half(struct program *program, int index)
{
    load(program, offsetof(struct seccomp_data, args) + sizeof(uint64_t) * (size_t)index + sizeof(uint32_t));
}

static void result(struct program *program, uint32_t result) { add(program, BPF_RET | BPF_K, result, 0, 0); }

/// Returns `outcome` if the loaded value equals `value`.
static void on(struct program *program, uint32_t value, uint32_t outcome)
{
    add(program, BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1);
    result(program, outcome);
}

static void on_any(struct program *program, const int *values, size_t count, uint32_t outcome)
{
    for (size_t index = 0; index < count; index++) {
        on(program, (uint32_t)values[index], outcome);
    }
}

/// Starts a rule for one call. The rule must end with its own result; pass the returned value to `close_rule`.
static size_t open_rule(struct program *program, int call)
{
    load(program, offsetof(struct seccomp_data, nr));
    add(program, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)call, 1, 0);
    // The jump over the rule; its length is filled in when the rule is complete.
    add(program, BPF_JMP | BPF_JA, 0, 0, 0);
    return program->length - 1u;
}

static void close_rule(struct program *program, size_t opened)
{
    if (opened < LENGTH(program->steps)) {
        program->steps[opened].k = (uint32_t)(program->length - opened - 1);
    }
}

static const uint32_t pass = SECCOMP_RET_ALLOW;
static const uint32_t refuse = SECCOMP_RET_ERRNO | EPERM;
static const uint32_t end = SECCOMP_RET_KILL_PROCESS;

/// Permits the call unless a bit of `bits` is set in the argument.
static void pass_without(struct program *program, int call, int argument, uint32_t bits)
{
    size_t rule = open_rule(program, call);
    load_argument(program, argument);
    add(program, BPF_JMP | BPF_JSET | BPF_K, bits, 0, 1);
    result(program, refuse);
    result(program, pass);
    close_rule(program, rule);
}

/// Permits the call if the argument is one of a list.
static void pass_one_of(struct program *program, int call, int argument, const int *values, size_t count)
{
    size_t rule = open_rule(program, call);
    load_argument(program, argument);
    on_any(program, values, count, pass);
    result(program, refuse);
    close_rule(program, rule);
}

/// Permits reading the limits of this process, but not changing them.
static void pass_reading_limits(struct program *program, uint32_t process)
{
    size_t rule = open_rule(program, __NR_prlimit64);
    load_argument(program, 2);
    add(program, BPF_JMP | BPF_JEQ | BPF_K, 0, 1, 0);
    result(program, refuse);
    load_upper_half(program, 2);
    add(program, BPF_JMP | BPF_JEQ | BPF_K, 0, 1, 0);
    result(program, refuse);
    load_argument(program, 0);
    on(program, 0, pass);
    on(program, process, pass);
    result(program, refuse);
    close_rule(program, rule);
}

static void write_program(struct program *program)
{
    const int process = getpid();
    // A file may be opened, but not created or truncated.
    const uint32_t making = O_CREAT | O_TRUNC | (O_TMPFILE & ~O_DIRECTORY);

    load(program, offsetof(struct seccomp_data, arch));
    add(program, BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0);
    result(program, end);
    load(program, offsetof(struct seccomp_data, nr));
#ifdef __x86_64__
    // The calls of the x32 interface have their own numbers, which the lists below do not contain.
    add(program, BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1);
    result(program, end);
#endif
    on_any(program, allowed, LENGTH(allowed), pass);
    on_any(program, deadly, LENGTH(deadly), end);

    pass_without(program, __NR_openat, 2, making);
#ifdef __x86_64__
    pass_without(program, __NR_open, 1, making);
#endif
    pass_without(program, __NR_mmap, 2, PROT_EXEC);
    pass_without(program, __NR_mprotect, 2, PROT_EXEC);
    pass_one_of(program, __NR_ioctl, 1, requests, LENGTH(requests));
    pass_one_of(program, __NR_fcntl, 1, descriptor_commands, LENGTH(descriptor_commands));
    // abort() signals the calling thread.
    pass_one_of(program, __NR_tgkill, 0, &process, 1);
    pass_reading_limits(program, (uint32_t)process);
    result(program, refuse);
}

int gridpost_confine_calls(void)
{
    struct program program = {0};

    write_program(&program);
    if (program.length > LENGTH(program.steps)) {
        errno = E2BIG;
        return -1;
    }
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
        return -1;
    }
    const struct sock_fprog filter = {.len = program.length, .filter = program.steps};
    long stray = syscall(__NR_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &filter);
    if (stray > 0) {
        // A thread already has another filter.
        errno = ESRCH;
        return -1;
    }
    return stray == 0 ? 0 : -1;
}
