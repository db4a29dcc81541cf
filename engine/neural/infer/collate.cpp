#include "engine/neural/infer/collate.h"

#include <algorithm>

namespace earmark::neural
{

namespace
{

template <class Value> torch::Tensor adopt(std::vector<Value>&& values, torch::IntArrayRef shape, torch::ScalarType type)
{
    auto* held = new std::vector<Value>(std::move(values));
    return torch::from_blob(held->data(), shape, [held](void*) { delete held; }, type);
}

} // namespace

ModelInputs collate(FeatureBatch&& batch, torch::Device device, torch::ScalarType dtype)
{
    ModelInputs inputs;
    const std::vector<std::int64_t> shape = batch.input.shape;
    inputs.input = adopt(std::move(batch.input.values), shape, torch::kFloat32).to(device, dtype);
    if (!batch.attentionMask.empty()) {
        const auto length = static_cast<std::int64_t>(batch.attentionMask.size()) / shape.at(0);
        inputs.attention_mask = adopt(std::move(batch.attentionMask), {shape.at(0), length}, torch::kLong).to(device);
    }
    if (!batch.isLonger.empty())
        inputs.is_longer = torch::tensor(std::vector<std::int64_t>(batch.isLonger.begin(), batch.isLonger.end()), torch::kLong).to(device, torch::kBool);
    return inputs;
}

torch::Tensor paddedIds(const std::vector<std::vector<std::int64_t>>& ids)
{
    std::size_t longest = 0;
    for (const auto& text : ids)
        longest = std::max(longest, text.size());
    torch::Tensor padded = torch::full({static_cast<std::int64_t>(ids.size()), static_cast<std::int64_t>(longest)}, -100, torch::kLong);
    for (std::size_t i = 0; i < ids.size(); ++i)
        std::ranges::copy(ids[i], padded.data_ptr<std::int64_t>() + i * longest);
    return padded;
}

} // namespace earmark::neural
