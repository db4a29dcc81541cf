// Precompiled for every source that names torch: its headers cost 11 s a file otherwise.
#pragma once
#include <torch/torch.h>
