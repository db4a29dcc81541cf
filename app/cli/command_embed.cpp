#include <limits>
#include <memory>

#include "app/cli/command.h"
#include "app/cli/inputs.h"
#include "app/cli/interrupt.h"
#include "app/cli/npy.h"
#include "app/cli/progress.h"
#include "engine/compute/model_cache.h"

namespace earmark::cli
{

namespace
{

struct EmbedArguments {
    std::string model;
    std::vector<std::string> files;
    std::string out;
    std::optional<int> layer;
    int batchSize = 8;
    bool recursive = false;
    bool overwrite = false;
};

/// One row a file, in the files' order; a file that cannot be read has a row of NaN, so that rows and files stay in step.
struct Matrix {
    std::size_t rows = 0;
    std::size_t columns = 0;
    std::vector<float> values;

    void set(std::size_t row, const std::vector<float>& vector)
    {
        if (columns == 0) {
            columns = vector.size();
            values.assign(rows * columns, std::numeric_limits<float>::quiet_NaN());
        }
        std::copy_n(vector.begin(), std::min(columns, vector.size()), values.begin() + static_cast<std::ptrdiff_t>(row * columns));
    }
};

void printResult(Console& console, const EmbedRequest& request, const Matrix& matrix, const std::string& out)
{
    if (!console.style().json)
        return console.print(formatted("%zu %s, %zu values each, written to %s", matrix.rows, matrix.rows == 1 ? "file" : "files", matrix.columns, shownName(out).c_str()));
    Json files = Json::array();
    for (const Sample& sample : request.samples)
        files.push_back(sample.name);
    console.printJson({{"out", out}, {"shape", {matrix.rows, matrix.columns}}, {"files", std::move(files)}});
}

Result<int> embed(const EmbedArguments& options, Context& context)
{
    EARMARK_TRY_VOID(refuseExisting(options.out, options.overwrite));
    EmbedRequest request{.layer = options.layer, .batchSize = options.batchSize, .options = context.compute};
    EARMARK_TRY(request.samples, gatherSamples(options.files, options.recursive, context.console));
    EARMARK_TRY(request.model, findModel(options.model));
    EARMARK_TRY(Compute * compute, openCompute());
    Matrix matrix{.rows = request.samples.size()};
    std::size_t failures = 0;
    Progress progress(context.console, "files");
    const auto observe = [&](const EmbeddedClip& clip) {
        warnAbout(context.console, request.samples[clip.index].name, clip.warnings);
        if (clip.error) {
            context.console.error(*clip.error);
            ++failures;
        } else {
            matrix.set(clip.index, clip.vector);
        }
        progress.update(static_cast<std::int64_t>(clip.index) + 1, static_cast<std::int64_t>(matrix.rows));
    };
    EARMARK_TRY(const bool finished, compute->embed(request, observe, context.stop));
    if (!finished)
        return stoppedByUser;
    if (failures == matrix.rows)
        return someInputWasBad; // nothing to write
    EARMARK_TRY_VOID(writeNpy(options.out, matrix.values, matrix.rows, matrix.columns));
    printResult(context.console, request, matrix, options.out);
    return failures > 0 ? someInputWasBad : 0;
}

} // namespace

void addEmbed(Commands& commands)
{
    auto options = std::make_shared<EmbedArguments>();
    CLI::App* command = commands.add("embed", "Writes one vector a file, the mean over its frames, as a NumPy matrix");
    addText(command, "--model", options->model, "Model folder, or a name in the local Hub cache")->required();
    addTexts(command, "FILE", options->files, "Sound or video files; folders with --recursive")->required();
    addText(command, "--out", options->out, "X.npy: float32, a row a file; a file that cannot be read has a row of NaN")->required();
    command->add_option("--layer", options->layer, "Index into the hidden states, negative from the end; the last hidden state where not given");
    command->add_option("--batch-size", options->batchSize, "Files computed together at most; no result depends on it")->check(CLI::Range(1, 4096));
    command->add_flag("--recursive", options->recursive, "Take the sound files below folders");
    command->add_flag("--overwrite", options->overwrite, "Replace the file where it exists");
    commands.setAction(command, [options](Context& context) { return embed(*options, context); });
}

} // namespace earmark::cli
