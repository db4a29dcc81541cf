#include "engine/neural/infer/batch_loader.h"

#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace earmark::neural
{

void lowerThreadPriority() { ::setpriority(PRIO_PROCESS, static_cast<id_t>(::syscall(SYS_gettid)), 10); }

BatchLoader::BatchLoader(const ClipStore& store, const FeatureExtractor& extractor, std::vector<std::vector<BatchItem>> batches, int threads,
                         std::size_t ahead, Augmentation augmentation)
    : store_(store), extractor_(extractor), batches_(std::move(batches)), augmentation_(std::move(augmentation)),
      reader_(batches_.size(), threads, ahead, [this](std::size_t index) { return load(batches_[index]); })
{
}

LoadedBatch BatchLoader::load(const std::vector<BatchItem>& items) const
{
    LoadedBatch batch;
    std::vector<std::shared_ptr<const Features>> held;
    for (const BatchItem& item : items) {
        auto features = store_.features(item.row, item.offset, extractor_);
        if (!features) {
            batch.errors.push_back(std::move(features.error()));
            continue;
        }
        if (augmentation_) {
            auto changed = std::make_shared<Features>(**features);
            augmentation_(*changed, item.seed);
            held.push_back(std::move(changed));
        } else {
            held.push_back(std::move(*features));
        }
        batch.items.push_back(item);
    }
    std::vector<const Features*> pointers;
    for (const auto& features : held)
        pointers.push_back(features.get());
    if (!pointers.empty())
        batch.features = extractor_.pad(pointers);
    return batch;
}

} // namespace earmark::neural
