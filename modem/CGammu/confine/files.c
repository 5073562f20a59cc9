// SPDX-License-Identifier: GPL-2.0-or-later
#define _GNU_SOURCE
#include "confine.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

// The Landlock interface as of version 6. It is defined here because the headers of Debian 12 contain only version 2.
// See the kernel's Documentation/userspace-api/landlock.rst.

enum {
    create_ruleset = 444, // The numbers are the same on every architecture.
    add_rule = 445,
    restrict_self = 446,
    ask_version = 1 << 0,
    rule_path_beneath = 1,
};

enum {
    write_file = 1 << 1,
    read_file = 1 << 2,
    ioctl_device = 1 << 15,
    // All rights to files and folders in each version.
    rights_of_1 = (1 << 13) - 1,
    rights_of_2 = (1 << 14) - 1,
    rights_of_3 = (1 << 15) - 1,
    rights_of_5 = (1 << 16) - 1,
    tcp_of_4 = (1 << 2) - 1,
    // Abstract unix sockets of outside processes, and signals to them.
    scopes_of_6 = (1 << 2) - 1,
};

struct ruleset {
    uint64_t files;
    uint64_t tcp;
    uint64_t scopes;
};

struct __attribute__((packed)) path_rule {
    uint64_t rights;
    int32_t parent;
};

static struct ruleset ruleset_of(long version)
{
    struct ruleset rules = {0};

    rules.files = version >= 5 ? rights_of_5 : version >= 3 ? rights_of_3 : version == 2 ? rights_of_2 : rights_of_1;
    rules.tcp = version >= 4 ? tcp_of_4 : 0;
    rules.scopes = version >= 6 ? scopes_of_6 : 0;
    return rules;
}

/// Prevents writing to disk files that are already open, such as the standard error.
static int forbid_growth(void)
{
    const struct rlimit none = {0, 0};

    if (signal(SIGXFSZ, SIG_IGN) == SIG_ERR) {
        return -1;
    }
    return setrlimit(RLIMIT_FSIZE, &none);
}

static int allow(int rules, const char *device, uint64_t rights)
{
    struct path_rule rule = {.rights = rights};
    struct stat status;

    rule.parent = open(device, O_PATH | O_CLOEXEC);
    if (rule.parent < 0) {
        return -1;
    }
    int failure = 0;
    if (fstat(rule.parent, &status) != 0) {
        failure = errno;
    } else if (!S_ISCHR(status.st_mode)) {
        failure = ENOTTY;
    } else if (syscall(add_rule, rules, rule_path_beneath, &rule, 0) != 0) {
        failure = errno;
    }
    close(rule.parent);
    errno = failure;
    return failure == 0 ? 0 : -1;
}

int gridpost_confine_files(const char *device)
{
    if (forbid_growth() != 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
        return -1;
    }
    long version = syscall(create_ruleset, NULL, 0, ask_version);
    if (version < 1) {
        // Not built in, disabled at boot, or blocked by a container's filter.
        return errno == ENOSYS || errno == EOPNOTSUPP || errno == EPERM ? 0 : -1;
    }
    // An older kernel accepts this structure if the fields unknown to it are zero.
    const struct ruleset handled = ruleset_of(version);
    int rules = (int)syscall(create_ruleset, &handled, sizeof handled, 0);
    if (rules < 0) {
        return -1;
    }
    int failure = 0;
    if (allow(rules, device, handled.files & (read_file | write_file | ioctl_device)) != 0 ||
        syscall(restrict_self, rules, 0) != 0) {
        failure = errno;
    }
    close(rules);
    errno = failure;
    return failure == 0 ? (int)version : -1;
}
