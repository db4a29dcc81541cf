// HuBERT and DistilHuBERT: the wav2vec 2.0 trunk with three switches of its own.
#pragma once

#include "engine/neural/models/family.h"

namespace earmark::neural
{
const Family& hubertFamily();
}
