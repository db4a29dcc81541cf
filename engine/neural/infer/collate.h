// From a padded batch of plain arrays to tensors, without copying them. Thread: the executor's.
#pragma once

#include "engine/neural/device/torch.h"
#include "engine/neural/features/feature_extractor.h"
#include "engine/neural/models/model.h"

namespace earmark::neural
{

/// Input and attention mask on `device`; the input in `dtype`.
ModelInputs collate(FeatureBatch&& batch, torch::Device device, torch::ScalarType dtype = torch::kFloat32);

/// Label ids of texts as one tensor (texts, longest), int64, −100 after each end.
torch::Tensor paddedIds(const std::vector<std::vector<std::int64_t>>& ids);

} // namespace earmark::neural
