// SEW-D: SEW's squeezing around DeBERTa-v2's layers.
#pragma once

#include "engine/neural/models/family.h"

namespace earmark::neural
{
const Family& sewDFamily();
}
