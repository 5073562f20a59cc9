// SPDX-License-Identifier: GPL-2.0-or-later
#ifndef GRIDPOST_PACE_H
#define GRIDPOST_PACE_H

/// Limits every pause that libgammu takes with usleep(), in microseconds.
/// 0, the initial value, does not limit them.
void gridpost_set_pace(unsigned int microseconds);

#endif
