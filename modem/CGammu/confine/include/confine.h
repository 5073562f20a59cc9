// SPDX-License-Identifier: GPL-2.0-or-later
#ifndef GRIDPOST_CONFINE_H
#define GRIDPOST_CONFINE_H

/// Gives up the rights that a modem process does not need. None of them can be regained. Call the functions in this
/// order: memory at the start; files before the port is opened; then start the needed threads; then calls.

/// Protects the memory of this process from other processes of the same user, and disables core dumps.
/// Returns 0, or -1 and errno.
int gridpost_confine_memory(void);

/// Restricts the calling thread, and the threads that it starts later, to one file: the device. No other file can be
/// read, written, created or removed, and nothing can be appended to a file that is already open. Uses the newest
/// Landlock version of the kernel.
/// Returns the Landlock version (1 and above), 0 if the kernel has none, or -1 and errno.
int gridpost_confine_files(const char *device);

/// Restricts all threads of this process to the system calls that a serial port needs. Other calls fail with EPERM.
/// Calls that only a hijacked process makes, such as starting a program or opening a socket, end it with SIGSYS.
/// Returns 0, or -1 and errno.
int gridpost_confine_calls(void);

#endif
