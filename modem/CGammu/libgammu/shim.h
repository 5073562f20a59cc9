#include <gammu.h>
