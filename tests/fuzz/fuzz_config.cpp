// Any bytes as a config.json, read as every family reads it. The readers of configurations know no torch, so neither does this: the activations that they
// choose by name compute nothing here.
#include <cstddef>
#include <cstdint>

#include "engine/neural/models/ast/ast_config.h"
#include "engine/neural/models/clap/clap_config.h"
#include "engine/neural/models/mctct/mctct_config.h"
#include "engine/neural/models/speech/speech_config.h"
#include "engine/neural/models/whisper/whisper_config.h"

namespace at
{
class Tensor
{
};
} // namespace at

namespace earmark::neural
{

at::Tensor gelu(const at::Tensor& x) { return x; }
Activation findActivation(const std::string& name) { return name == "gelu" || name == "relu" ? gelu : nullptr; }

namespace
{

void readAll(const Json& json)
{
    if (const auto config = readAstConfig(json, "fuzz"))
        (void)config->patches();
    if (const auto config = readClapConfig(json, "fuzz"))
        (void)(config->text_config.longest() + config->audio_config.pictureFrames());
    if (const auto config = readMctctConfig(json, "fuzz"))
        for (std::size_t i = 0; i < config->conv_kernel.size(); ++i)
            (void)(config->channels(i).first + config->padding() + config->frames(1000));
    if (const auto config = readWhisperConfig(json, "fuzz"))
        (void)config->frames();
    ConfigReader read(json, "fuzz");
    SpeechConfig speech;
    readSpeechConfig(read, speech);
    if (read.outcome())
        (void)(speech.frames(1 << 20) + speech.fewestSamples() + speech.pretraining.codes());
    (void)checkCtcConfig(speech.ctc, "fuzz");
}

} // namespace

} // namespace earmark::neural

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace earmark::neural;
    auto json = parseJson({reinterpret_cast<const char*>(data), size}, "fuzz");
    if (!json || !json->is_object()) // which readConfig refuses
        return 0;
    readAll(*json);
    if (const auto labels = labelsOf(*json, "fuzz")) {
        setLabels(*json, *labels);
        (void)dumpJson(*json);
    }
    return 0;
}
