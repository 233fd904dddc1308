// SPDX-License-Identifier: Apache-2.0
// The width must be chosen before the header is read (pcre2api(3)).
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
