// SPDX-License-Identifier: GPL-2.0-or-later
#ifndef GRIDPOST_PACE_H
#define GRIDPOST_PACE_H

/// Bounds every pause that libgammu takes with usleep(), in microseconds.
/// 0, the start value, leaves its pauses alone.
void gridpost_set_pace(unsigned int microseconds);

#endif
