// wav2vec 2.0 (XLS-R, MMS): the trunk as it is.
#pragma once

#include "engine/neural/models/family.h"

namespace earmark::neural
{
const Family& wav2vec2Family();
}
