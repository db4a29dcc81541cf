#include "engine/neural/features/fourier.h"

#include <map>
#include <mutex>
#include <new>

#include <fftw3.h>

namespace earmark::neural
{

namespace
{

template <class T> T* allocate(std::size_t count)
{
    void* const memory = fftw_malloc(sizeof(T) * count);
    if (!memory)
        throw std::bad_alloc();
    return static_cast<T*>(memory);
}

/// Making plans is the one thing in FFTW that threads must not do at once; running them on other arrays is free.
fftw_plan planFor(int length)
{
    static std::mutex mutex;
    static std::map<int, fftw_plan> plans;
    const std::lock_guard lock(mutex);
    fftw_plan& plan = plans[length];
    if (!plan) {
        constexpr int rows = RealFourier::framesAtOnce;
        const int bins = length / 2 + 1;
        auto* const in = allocate<double>(static_cast<std::size_t>(rows) * static_cast<std::size_t>(length));
        auto* const out = allocate<fftw_complex>(static_cast<std::size_t>(rows) * static_cast<std::size_t>(bins));
        plan = fftw_plan_many_dft_r2c(1, &length, rows, in, nullptr, 1, length, out, nullptr, 1, bins,
                                      FFTW_ESTIMATE | FFTW_PRESERVE_INPUT);
        fftw_free(in);
        fftw_free(out);
    }
    return plan;
}

} // namespace

RealFourier::RealFourier(int length) : length_(length), plan_(planFor(length)) {}

void RealFourier::Workspace::Free::operator()(void* memory) const
{
    fftw_free(memory);
}

RealFourier::Workspace::Workspace(const RealFourier& fourier)
    : fourier_(fourier),
      frames_(allocate<double>(static_cast<std::size_t>(framesAtOnce) * static_cast<std::size_t>(fourier.length()))),
      spectra_(allocate<std::complex<double>>(static_cast<std::size_t>(framesAtOnce) *
                                              static_cast<std::size_t>(fourier.bins())))
{
    std::fill_n(frames_.get(), static_cast<std::size_t>(framesAtOnce) * static_cast<std::size_t>(fourier.length()),
                0.0);
}

std::span<double> RealFourier::Workspace::frame(int index) const
{
    const auto length = static_cast<std::size_t>(fourier_.length());
    return {frames_.get() + static_cast<std::size_t>(index) * length, length};
}

std::span<const std::complex<double>> RealFourier::Workspace::spectrum(int index) const
{
    const auto bins = static_cast<std::size_t>(fourier_.bins());
    return {spectra_.get() + static_cast<std::size_t>(index) * bins, bins};
}

void RealFourier::Workspace::transform() const
{
    fftw_execute_dft_r2c(static_cast<fftw_plan>(const_cast<void*>(fourier_.plan_)), frames_.get(),
                         reinterpret_cast<fftw_complex*>(spectra_.get()));
}

} // namespace earmark::neural
