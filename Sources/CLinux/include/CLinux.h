#ifndef GRIDPOST_CLINUX_H
#define GRIDPOST_CLINUX_H

#include <sys/types.h>

/// Linux calls that Swift's Glibc module does not provide.

/// Opens a new pseudo-terminal and stores its path. Returns the descriptor (close-on-exec, non-blocking), or -1 with
/// errno.
int gridpost_open_pty(char *path, size_t length);

/// Creates a pipe with both ends close-on-exec and non-blocking. Returns 0, or -1 with errno.
int gridpost_pipe(int ends[2]);

/// Starts `program` with an empty environment, standard input from /dev/null, and `channel` as descriptor 3. All other
/// descriptors except standard output and error are closed. Stores the process id and returns 0, or returns an errno.
int gridpost_spawn(const char *program, char *const arguments[], int channel, pid_t *process);

/// Protects the memory of this process, which contains keys, from other processes of the same user and from core dumps.
/// Returns 0, or -1 with errno.
int gridpost_forbid_dumps(void);

/// Releases memory that only the start needed: free heap memory, and the pages of code and constants, which are read
/// from the files again when they are used.
void gridpost_release_memory_of_start(void);

#endif
