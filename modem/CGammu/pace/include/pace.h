// SPDX-License-Identifier: GPL-2.0-or-later
#ifndef GRIDPOST_PACE_H
#define GRIDPOST_PACE_H

/// Limits every pause that libgammu takes with usleep(), in microseconds.
/// 0, the initial value, does not limit them.
void gridpost_set_pace(unsigned int microseconds);

/// Watches what is read from a serial port for the lines that a modem prints after a start. -1 watches nothing.
void gridpost_watch_for_restart(int descriptor);

/// Tells whether a command is being answered. A restart during one ends the process.
void gridpost_set_in_call(int value);

/// Returns 1 if such a line was read since the port is watched, else 0.
int gridpost_saw_restart(void);

#endif
