// Discrete Fourier transforms of real frames, in double precision (FFTW). Thread: any, several at once.
#pragma once

#include <complex>
#include <memory>
#include <span>

namespace earmark::neural
{

/// Plans are shared by all transforms of one length. They are FFTW's estimated ones: a measured plan could differ from
/// run to run, and with it the last bits of every feature.
class RealFourier
{
public:
    static constexpr int framesAtOnce = 8;

    explicit RealFourier(int length); ///< 2 or more

    int length() const { return length_; }
    int bins() const { return length_ / 2 + 1; }

    /// What one thread works in: `framesAtOnce` frames of length() samples, and as many spectra of bins() values, each
    /// row after the other.
    class Workspace
    {
    public:
        explicit Workspace(const RealFourier& fourier);
        std::span<double> frame(int index) const;
        std::span<const std::complex<double>> spectrum(int index) const;
        void transform() const; ///< frames → spectra; leaves the frames as they are

    private:
        struct Free {
            void operator()(void* memory) const;
        };
        const RealFourier& fourier_;
        std::unique_ptr<double[], Free> frames_;
        std::unique_ptr<std::complex<double>[], Free> spectra_;
    };

private:
    int length_;
    const void* plan_; ///< fftw_plan, kept for the life of the process
};

} // namespace earmark::neural
