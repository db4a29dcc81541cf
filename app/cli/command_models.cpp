#include "app/cli/command.h"
#include "engine/compute/model_cache.h"

namespace earmark::cli
{

namespace
{

void printJsonList(Console& console, const ComputeDescription& compute)
{
    for (const PresetDescription& preset : compute.presets)
        console.printJson({{"kind", "preset"},
                           {"name", "scratch:" + preset.name},
                           {"family", preset.family},
                           {"parameters", preset.parameters},
                           {"tasks", preset.tasks},
                           {"explanation", preset.explanation},
                           {"settings", preset.settings}});
    for (const CachedModel& model : cachedModels())
        console.printJson({{"kind", "cached"}, {"name", model.name}, {"path", model.path}});
    for (const std::string& family : compute.families)
        console.printJson({{"kind", "family"}, {"name", family}});
}

std::string tasksOf(const PresetDescription& preset)
{
    std::string text;
    for (const std::string& task : preset.tasks)
        text += (text.empty() ? "" : ", ") + task;
    return text;
}

void printTextList(Console& console, const ComputeDescription& compute)
{
    console.print("Presets: untrained models, small enough to learn on a CPU");
    for (const PresetDescription& preset : compute.presets)
        console.print(formatted("  scratch:%s  %s, %.1f million parameters, for %s. %s", preset.name.c_str(), preset.family.c_str(),
                                static_cast<double>(preset.parameters) / 1e6, tasksOf(preset).c_str(), preset.explanation.c_str()));
    console.print("Models in the local Hub cache " + shownName(hubCacheFolder()));
    const auto models = cachedModels();
    for (const CachedModel& model : models)
        console.print("  " + shownName(model.name));
    if (models.empty())
        console.print("  none");
    std::string families;
    for (const std::string& family : compute.families)
        families += (families.empty() ? "" : ", ") + family;
    console.print("Families that can be loaded\n  " + families);
}

} // namespace

void addModels(Commands& commands)
{
    CLI::App* command = commands.add("models", "Lists the presets, the models in the local Hub cache, and the families that can be loaded");
    commands.setAction(command, [](Context& context) -> Result<int> {
        EARMARK_TRY(Compute * compute, openCompute());
        EARMARK_TRY(const ComputeDescription description, compute->describe());
        if (context.json())
            printJsonList(context.console, description);
        else
            printTextList(context.console, description);
        return 0;
    });
}

} // namespace earmark::cli
