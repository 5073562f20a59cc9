#ifndef GRIDPOST_CLINUX_H
#define GRIDPOST_CLINUX_H

#include <sys/types.h>

/// Calls that Linux has and Swift's Glibc module leaves out.

/// Opens a new pseudo-terminal and writes its path. Returns the descriptor (close-on-exec, non-blocking), or -1 and errno.
int gridpost_open_pty(char *path, size_t length);

/// A pipe, both ends close-on-exec and non-blocking. Returns 0, or -1 and errno.
int gridpost_pipe(int ends[2]);

/// Starts `program` with no environment, standard input from /dev/null, and `channel` as its descriptor 3; everything
/// else but the standard output and error is closed. Returns 0 and the process, or an errno.
int gridpost_spawn(const char *program, char *const arguments[], int channel, pid_t *process);

/// Keeps the memory of this process, with the keys in it, from other processes of the same user, and out of core dumps.
/// Returns 0, or -1 and errno.
int gridpost_forbid_dumps(void);

/// Gives back what only the start needed: free memory of the heap, and the pages of code and constants, which come back
/// from the files when they are used again.
void gridpost_release_memory_of_start(void);

#endif
