// SPDX-License-Identifier: GPL-2.0-or-later
#ifndef GRIDPOST_CONFINE_H
#define GRIDPOST_CONFINE_H

/// Gives up the rights that a modem process does not need. Nothing that is given up here can be had back.
/// The order is: memory at the start; files before the port is opened; then the threads that are needed; then calls.

/// Keeps the memory of this process from other processes of the same user, and out of core dumps.
/// Returns 0, or -1 and errno.
int gridpost_confine_memory(void);

/// Leaves the calling thread, and those that it starts later, one file to open: the device. No other file can be read,
/// written, made or removed, and nothing can be added to a file that is open already. It uses Landlock, in the newest
/// form that the kernel has.
/// Returns the version of Landlock (1 and above), 0 when the kernel has none, or -1 and errno.
int gridpost_confine_files(const char *device);

/// Leaves all threads of this process the system calls that a serial port needs. Other calls fail with EPERM. Calls that
/// only a hijacked process makes, such as those that start a program or open a socket, end it with SIGSYS.
/// Returns 0, or -1 and errno.
int gridpost_confine_calls(void);

#endif
