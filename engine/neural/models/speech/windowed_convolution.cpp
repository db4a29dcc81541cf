#include "engine/neural/models/speech/windowed_convolution.h"

#include <ATen/Parallel.h>
#include <ATen/autocast_mode.h>
#include <torch/csrc/autograd/custom_function.h>

namespace earmark::neural
{

namespace
{

constexpr std::int64_t chunkFrames = 512; // their 512 channels stay in a core's second-level cache

/// Neighbouring taps that fit between two windows: their views do not overlap.
struct Part {
    std::int64_t first, taps;
};

struct Geometry {
    Geometry(const torch::Tensor& x, const torch::Tensor& weights, const WindowedOptions& options)
        : batch(x.size(0)), time(x.size(1)), in(x.size(2)), out(weights.size(2)), kernel(options.kernel), stride(options.stride),
          frames((time - kernel) / stride + 1), weightStep(weights.size(0) == 1 ? 0 : kernel * in * out)
    {
        for (std::int64_t first = 0; first < kernel; first += stride)
            parts.push_back({first, std::min(stride, kernel - first)});
        // Short windows are better copied into one matrix, which torch does with a view that overlaps itself.
        readParts = kernel * in <= 64 ? std::vector<Part>{{0, kernel}} : parts;
    }

    std::int64_t batch, time, in, out, kernel, stride, frames, weightStep;
    std::vector<Part> parts;     ///< without overlap: may be written to
    std::vector<Part> readParts; ///< may overlap

    /// Taps of `part` of the windows that start at `frame`.
    torch::Tensor windows(const float* clip, std::int64_t frame, std::int64_t rows, const Part& part) const
    {
        return view(clip + (frame * stride + part.first) * in, rows, part.taps * in, stride * in);
    }
    torch::Tensor rowsOf(const float* weights, const Part& part) const { return view(weights + part.first * in * out, part.taps * in, out, out); }

    static torch::Tensor view(const float* data, std::int64_t rows, std::int64_t columns, std::int64_t step)
    {
        return at::from_blob(const_cast<float*>(data), {rows, columns}, {step, 1}, at::TensorOptions(at::kFloat));
    }
};

/// at::parallel_for without autograd; on the calling thread alone where there is one piece, so that its products use every thread.
template <class Work> void forEach(std::int64_t count, const Work& work)
{
    at::parallel_for(0, count, 1, [&](std::int64_t begin, std::int64_t end) {
        const at::AutoDispatchBelowADInplaceOrView below;
        for (std::int64_t i = begin; i < end; ++i)
            work(i);
    });
}

void multiply(torch::Tensor& z, const Geometry& g, const float* clip, std::int64_t frame, const float* weights, const float* bias)
{
    for (const Part& part : g.readParts) {
        const torch::Tensor windows = g.windows(clip, frame, z.size(0), part), rows = g.rowsOf(weights, part);
        if (part.first > 0)
            z.addmm_(windows, rows);
        else if (bias)
            at::addmm_out(z, Geometry::view(bias, 1, g.out, g.out), windows, rows);
        else
            at::mm_out(z, windows, rows);
    }
}

/// The result, and what the activation was applied to (undefined where it was not asked for).
std::pair<torch::Tensor, torch::Tensor> convolve(const torch::Tensor& x, const torch::Tensor& weights, const torch::Tensor& bias,
                                                 const WindowedOptions& options, bool keep)
{
    const Geometry g(x, weights, options);
    const torch::Tensor y = at::empty({g.batch, g.frames, g.out}, x.options());
    const torch::Tensor z = keep && options.gelu ? at::empty_like(y) : torch::Tensor();
    const std::int64_t share = (g.batch * g.frames + at::get_num_threads() - 1) / at::get_num_threads();
    const std::int64_t chunk = std::clamp<std::int64_t>(share, 1, chunkFrames);
    const std::int64_t chunks = (g.frames + chunk - 1) / chunk;
    const float* const signal = x.const_data_ptr<float>();
    const float* const factors = weights.const_data_ptr<float>();
    const float* const offsets = bias.defined() ? bias.const_data_ptr<float>() : nullptr;
    float* const result = y.mutable_data_ptr<float>();
    float* const kept = z.defined() ? z.mutable_data_ptr<float>() : nullptr;
    forEach(g.batch * chunks, [&](std::int64_t item) {
        const std::int64_t clip = item / chunks, frame = item % chunks * chunk, rows = std::min(chunk, g.frames - frame);
        const std::int64_t place = (clip * g.frames + frame) * g.out;
        torch::Tensor target = Geometry::view(result + place, rows, g.out, g.out);
        torch::Tensor sum = kept ? Geometry::view(kept + place, rows, g.out, g.out) : target;
        multiply(sum, g, signal + clip * g.time * g.in, frame, factors + clip * g.weightStep,
                 offsets ? offsets + (bias.size(0) == 1 ? 0 : clip * g.out) : nullptr);
        if (options.gelu)
            at::gelu_out(target, sum);
    });
    return {y, z};
}

struct Gradients {
    torch::Tensor x, weights, bias; ///< undefined where not wanted
};

/// Gradients of one clip, added to `weights` and `bias`. From the last chunk to the first: then a chunk's first part may overwrite its stretch
/// of the signal's gradient, since only earlier windows than those done reach into it.
void backwardClip(const Geometry& g, const float* clip, const float* factors, const float* z, const float* incoming, float* clipGradient,
                  torch::Tensor* weights, torch::Tensor* bias)
{
    if (clipGradient) { // what the first part does not overwrite
        const std::int64_t covered = g.kernel < g.stride ? 0 : g.frames * g.stride * g.in;
        std::fill(clipGradient + covered, clipGradient + g.time * g.in, 0.0f);
    }
    torch::Tensor buffer = z ? at::empty({std::min(chunkFrames, g.frames), g.out}, at::kFloat) : torch::Tensor();
    const std::int64_t chunks = (g.frames + chunkFrames - 1) / chunkFrames;
    for (std::int64_t i = chunks; i-- > 0;) {
        const std::int64_t frame = i * chunkFrames, rows = std::min(chunkFrames, g.frames - frame);
        torch::Tensor gradient = Geometry::view(incoming + frame * g.out, rows, g.out, g.out);
        if (z) {
            torch::Tensor target = buffer.narrow(0, 0, rows);
            at::gelu_backward_out(target, gradient, Geometry::view(z + frame * g.out, rows, g.out, g.out));
            gradient = target;
        }
        if (bias)
            bias->add_(gradient.sum(0));
        if (weights)
            for (const Part& part : g.readParts)
                weights->narrow(0, part.first * g.in, part.taps * g.in).addmm_(g.windows(clip, frame, rows, part).t(), gradient);
        if (!clipGradient)
            continue;
        for (const Part& part : g.parts) {
            torch::Tensor place = g.windows(clipGradient, frame, rows, part);
            const torch::Tensor back = g.rowsOf(factors, part).t();
            if (part.first == 0)
                at::mm_out(place, gradient, back);
            else
                place.addmm_(gradient, back);
        }
    }
}

Gradients backward(const torch::Tensor& x, const torch::Tensor& weights, const torch::Tensor& z, const torch::Tensor& incoming,
                   const WindowedOptions& options, bool wantX, bool wantWeights, bool wantBias, std::int64_t biasRows)
{
    const Geometry g(x, weights, options);
    const std::int64_t size = g.kernel * g.in, sharers = std::min<std::int64_t>(g.batch, at::get_num_threads());
    Gradients result;
    if (wantX)
        result.x = at::empty_like(x);
    // Clips that share weights are summed by each thread on its own and then in the threads' order: the same sum every time.
    const std::int64_t weightRows = g.weightStep ? g.batch : sharers, offsetRows = biasRows > 1 ? g.batch : sharers;
    const torch::Tensor weightSums = wantWeights ? at::zeros({weightRows, size, g.out}, x.options()) : torch::Tensor();
    const torch::Tensor biasSums = wantBias ? at::zeros({offsetRows, g.out}, x.options()) : torch::Tensor();
    const float* const signal = x.const_data_ptr<float>();
    const float* const factors = weights.const_data_ptr<float>();
    const float* const before = z.defined() ? z.const_data_ptr<float>() : nullptr;
    const float* const gradients = incoming.const_data_ptr<float>();
    float* const signalGradient = wantX ? result.x.mutable_data_ptr<float>() : nullptr;
    float* const weightGradient = wantWeights ? weightSums.mutable_data_ptr<float>() : nullptr;
    float* const biasGradient = wantBias ? biasSums.mutable_data_ptr<float>() : nullptr;
    forEach(sharers, [&](std::int64_t sharer) {
        for (std::int64_t clip = g.batch * sharer / sharers; clip < g.batch * (sharer + 1) / sharers; ++clip) {
            const std::int64_t frames = clip * g.frames * g.out;
            torch::Tensor weightSum, biasSum;
            if (wantWeights)
                weightSum = Geometry::view(weightGradient + (g.weightStep ? clip : sharer) * size * g.out, size, g.out, g.out);
            if (wantBias)
                biasSum = Geometry::view(biasGradient + (biasRows > 1 ? clip : sharer) * g.out, 1, g.out, g.out)[0];
            backwardClip(g, signal + clip * g.time * g.in, factors + clip * g.weightStep, before ? before + frames : nullptr, gradients + frames,
                         wantX ? signalGradient + clip * g.time * g.in : nullptr, wantWeights ? &weightSum : nullptr,
                         wantBias ? &biasSum : nullptr);
        }
    });
    if (wantWeights)
        result.weights = g.weightStep ? weightSums : weightSums.sum(0, true);
    if (wantBias)
        result.bias = biasRows > 1 ? biasSums : biasSums.sum(0, true);
    return result;
}

struct Differentiable : torch::autograd::Function<Differentiable> {
    static torch::Tensor forward(torch::autograd::AutogradContext* context, const torch::Tensor& x, const torch::Tensor& weights,
                                 const std::optional<torch::Tensor>& bias, const WindowedOptions& options)
    {
        const auto [y, z] = convolve(x, weights, bias.value_or(torch::Tensor()), options, true);
        context->save_for_backward({x, weights, z});
        context->saved_data["kernel"] = options.kernel;
        context->saved_data["stride"] = options.stride;
        context->saved_data["gelu"] = options.gelu;
        context->saved_data["biasRows"] = bias ? bias->size(0) : std::int64_t{0};
        return y;
    }

    static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context, torch::autograd::variable_list incoming)
    {
        const auto saved = context->get_saved_variables();
        const WindowedOptions options{context->saved_data["kernel"].toInt(), context->saved_data["stride"].toInt(),
                                      context->saved_data["gelu"].toBool()};
        const std::int64_t biasRows = context->saved_data["biasRows"].toInt();
        const Gradients found =
            neural::backward(saved[0], saved[1], saved[2], incoming[0].contiguous(), options, context->needs_input_grad(0),
                             context->needs_input_grad(1), biasRows > 0 && context->needs_input_grad(2), biasRows);
        return {found.x, found.weights, found.bias, torch::Tensor()};
    }
};

} // namespace

bool canUseWindows(const torch::Tensor& x)
{
    return x.device().is_cpu() && x.scalar_type() == torch::kFloat32 && !at::autocast::is_autocast_enabled(at::kCPU);
}

torch::Tensor windowedWeight(const torch::Tensor& weight)
{
    return weight.permute({2, 1, 0}).contiguous().view({1, weight.size(1) * weight.size(2), weight.size(0)});
}

torch::Tensor windowedConvolution(const torch::Tensor& x, const torch::Tensor& factors, const torch::Tensor& offsets,
                                  const WindowedOptions& options)
{
    const torch::Tensor signal = x.contiguous(), weights = factors.contiguous();
    const torch::Tensor bias = offsets.defined() ? offsets.contiguous() : offsets;
    const bool differentiable =
        torch::GradMode::is_enabled() && (signal.requires_grad() || weights.requires_grad() || (bias.defined() && bias.requires_grad()));
    if (!differentiable)
        return convolve(signal, weights, bias, options, false).first;
    return Differentiable::apply(signal, weights, bias.defined() ? std::optional(bias) : std::nullopt, options); // no undefined tensors there
}

std::pair<torch::Tensor, torch::Tensor> foldGroupNorm(const torch::Tensor& samples, const torch::Tensor& weight, const torch::Tensor& gamma,
                                                      const torch::Tensor& beta, std::int64_t stride, double eps)
{
    const std::int64_t kernel = weight.size(2);
    torch::Tensor mean, covariance; // of the windows: (batch, kernel), (batch, kernel, kernel)
    {
        const torch::NoGradGuard noGrad;
        const torch::Tensor windows = samples.unfold(1, kernel, stride).to(torch::kDouble);
        mean = windows.mean(1);
        const torch::Tensor centred = windows - mean.unsqueeze(1);
        covariance = at::bmm(centred.transpose(1, 2), centred) / static_cast<double>(windows.size(1));
    }
    const torch::Tensor filters = weight.squeeze(1).to(torch::kDouble); // (out, kernel)
    const torch::Tensor variance = (at::matmul(filters, covariance) * filters).sum(-1);
    const torch::Tensor scale = gamma.to(torch::kDouble) * at::rsqrt(variance + eps); // (batch, out)
    const torch::Tensor offset = beta.to(torch::kDouble) - at::matmul(mean, filters.t()) * scale;
    const torch::Tensor factors = filters.t().unsqueeze(0) * scale.unsqueeze(1); // (batch, kernel, out)
    return {factors.to(torch::kFloat32).contiguous(), offset.to(torch::kFloat32)};
}

} // namespace earmark::neural
