#include "engine/neural/models/wavlm/wavlm.h"

#include "engine/neural/models/speech/speech_family.h"
#include "engine/neural/models/wavlm/relative_attention.h"

namespace earmark::neural
{

namespace
{

void configure(ConfigReader& read, SpeechConfig& config)
{
    config.ctc.sumsLosses = false;
    readSpeechConfig(read, config);
    config.adapter_attn_dim.reset();
    config.layerdrop_spares_first = true;
    config.num_buckets = read.integer("num_buckets", config.num_buckets, 4, 65536);
    config.max_bucket_distance = read.integer("max_bucket_distance", config.max_bucket_distance, 1, 1 << 30);
    read.require(config.max_bucket_distance > config.num_buckets / 4, "max_bucket_distance must be more than a quarter of num_buckets");
}

std::shared_ptr<SpeechAttention> attention(const SpeechConfig& config, std::int64_t layer)
{
    return std::make_shared<GatedRelativeAttention>(config, layer == 0);
}

} // namespace

const Family& wavLMFamily()
{
    static const SpeechPolicy policy{.modelType = "wavlm", .prefix = "wavlm", .classStem = "WavLM", .configure = configure,
                                     .encoder = transformerEncoder<groupedPositionalConvolution, attention>};
    static const Family family = speechFamily(policy);
    return family;
}

} // namespace earmark::neural
