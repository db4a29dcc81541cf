#include "engine/neural/models/registry.h"

#include <algorithm>
#include <array>

#include "engine/neural/models/ast/ast.h"
#include "engine/neural/models/clap/clap.h"
#include "engine/neural/models/data2vec_audio/data2vec_audio.h"
#include "engine/neural/models/hubert/hubert.h"
#include "engine/neural/models/mctct/mctct.h"
#include "engine/neural/models/sew/sew.h"
#include "engine/neural/models/sew_d/sew_d.h"
#include "engine/neural/models/unispeech/unispeech.h"
#include "engine/neural/models/unispeech_sat/unispeech_sat.h"
#include "engine/neural/models/wav2vec2/wav2vec2.h"
#include "engine/neural/models/wav2vec2_conformer/wav2vec2_conformer.h"
#include "engine/neural/models/wavlm/wavlm.h"
#include "engine/neural/models/whisper/whisper.h"

namespace earmark::neural
{

std::vector<const Family*> familyTable()
{
    return {
        &wav2vec2Family(),
        &hubertFamily(),
        &uniSpeechFamily(),
        &uniSpeechSatFamily(),
        &wavLMFamily(),
        &data2VecAudioFamily(),
        &sewFamily(),
        &sewDFamily(),
        &wav2Vec2ConformerFamily(),
        &astFamily(),
        &whisperFamily(),
        &mctctFamily(),
        &clapFamily(),
    };
}

const Family* findFamily(const std::string& modelType)
{
    for (const Family* family : familyTable())
        if (family->modelType == modelType)
            return family;
    return nullptr;
}

Head Family::headOf(const std::string& architecture) const
{
    if (architecture.empty())
        return Head::base;
    return architecture == classificationClass ? Head::classification
           : architecture == ctcClass          ? Head::ctc
           : architecture == pretrainingClass  ? Head::pretraining
                                               : Head::base;
}

std::vector<std::string> families()
{
    std::vector<std::string> names;
    for (const Family* family : familyTable())
        names.push_back(family->modelType);
    return names;
}

std::vector<PresetDescription> presets()
{
    std::vector<PresetDescription> list;
    for (const Family* family : familyTable())
        for (Preset& preset : family->presets()) {
            const auto made = createModel(preset.description.name, {});
            if (!made)
                continue; // never: a test makes each
            for (const torch::Tensor& parameter : made->model->parameters())
                preset.description.parameters += parameter.numel();
            if (!family->classificationClass.empty())
                preset.description.tasks.push_back("classification");
            if (!family->ctcClass.empty())
                preset.description.tasks.push_back("ctc");
            if (!family->pretrainingClass.empty())
                preset.description.tasks.push_back("pretraining");
            list.push_back(std::move(preset.description));
        }
    return list;
}

} // namespace earmark::neural
