// SEW: the wav2vec 2.0 trunk whose transformer runs at a fraction of the frame rate.
#pragma once

#include "engine/neural/models/family.h"

namespace earmark::neural
{
const Family& sewFamily();
}
