// A small corpus that can be learnt: one tone a label, folder by folder.
#pragma once

#include <QDir>
#include <QString>

#include <cmath>
#include <numbers>
#include <vector>

#include "tests/support/sound_files.h"

namespace earmark::test
{

/// The smallest preset: what tests train.
inline QString tinyPreset() { return "ast-tiny"; }

/// `length` seconds of a tone with some noise, both drawn from `seed`.
inline Bytes toneWav(double frequency, double length, unsigned seed, int rate = 16000)
{
    Bytes payload;
    unsigned state = seed * 2654435761u + 1;
    for (int i = 0; i < static_cast<int>(length * rate); ++i) {
        state = state * 1664525u + 1013904223u;
        const double noise = (state >> 8) / double(1 << 24) - 0.5;
        const double value = 0.4 * std::sin(2 * std::numbers::pi * frequency * i / rate) + 0.05 * noise;
        append(payload, static_cast<std::int16_t>(std::lround(value * 32767)));
    }
    return wavBytes({.rate = rate}, payload);
}

/// `folder`/tone-N/M.wav: `labels` tones, `clips` clips each, about a second long; no two have the same bytes.
inline void writeToneCorpus(const QString& folder, int labels, int clips)
{
    for (int label = 0; label < labels; ++label) {
        const QString place = folder + QString("/tone-%1").arg(label);
        QDir().mkpath(place);
        for (int clip = 0; clip < clips; ++clip) {
            const auto seed = static_cast<unsigned>(qHash(folder)) + static_cast<unsigned>(label * 1000 + clip);
            const Bytes bytes = toneWav(200.0 * (label + 1), 0.8 + 0.05 * clip, seed);
            QFile file(place + QString("/%1.wav").arg(clip, 3, 10, QChar('0')));
            if (file.open(QIODevice::WriteOnly))
                file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<qint64>(bytes.size()));
        }
    }
}

} // namespace earmark::test
