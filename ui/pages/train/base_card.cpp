#include "ui/pages/train/base_card.h"

#include <QLocale>
#include <QPainter>

#include "ui/models/text.h"
#include "ui/widgets/theme.h"

namespace earmark
{

namespace
{

constexpr int margin = 3 * spaceUnit;

/// What the engine says of its presets, where lupdate can see it.
[[maybe_unused]] constexpr const char* explanations[] = {
    QT_TRANSLATE_NOOP("earmark::BaseCardDelegate", "Log-mel spectrogram in, 5 seconds at a time; learns languages, music and sounds on a CPU in minutes"),
    QT_TRANSLATE_NOOP("earmark::BaseCardDelegate", "Waveform in, clips of any length; the wav2vec 2.0 trunk in small, slower to learn than ast-tiny"),
};

QString separated(const QStringList& parts) { return parts.join(QStringLiteral(" · ")); }

QString languagesText(const std::vector<std::string>& languages)
{
    constexpr std::size_t most = 6;
    QStringList names;
    for (std::size_t i = 0; i < std::min(most, languages.size()); ++i) {
        const QLocale locale(shown(languages[i]));
        const bool known = languages[i].size() <= 3 && locale.language() != QLocale::C;
        names << (known ? QLocale::languageToString(locale.language()) : shown(languages[i]));
    }
    const auto more = static_cast<int>(languages.size()) - static_cast<int>(names.size());
    const QString list = names.join(QStringLiteral(", "));
    return more > 0 ? BaseCardDelegate::tr("%1 and %n more", nullptr, more).arg(list) : list;
}

} // namespace

QString baseTitle(const BaseModel& model) { return shown(model.title); }

QString baseFacts(const BaseModel& model)
{
    QStringList facts{familyName(model.card.family)};
    if (model.card.parameters > 0)
        facts << BaseCardDelegate::tr("%1 parameters").arg(parametersText(model.card.parameters));
    if (model.card.bytes > 0)
        facts << bytesText(model.card.bytes);
    if (model.card.sampleRate > 0)
        facts << BaseCardDelegate::tr("%1 kHz").arg(QLocale().toString(model.card.sampleRate / 1000.0, 'g', 4));
    facts.removeAll(QString());
    return separated(facts);
}

QString baseRemark(const BaseModel& model)
{
    if (!model.isKnown)
        return BaseCardDelegate::tr("Earmark cannot train models of this family");
    if (model.kind == BaseModel::Kind::preset)
        return BaseCardDelegate::tr("Untrained, comes with Earmark. %1").arg(BaseCardDelegate::tr(model.explanation.c_str()));
    QStringList parts;
    if (!model.card.languages.empty())
        parts << languagesText(model.card.languages);
    if (model.card.hasHead && !model.card.labels.empty())
        parts << BaseCardDelegate::tr("tells %n labels apart", nullptr, static_cast<int>(model.card.labels.size()));
    if (!model.card.licence.empty())
        parts << BaseCardDelegate::tr("licence %1").arg(shown(model.card.licence));
    parts.prepend(model.kind == BaseModel::Kind::cached ? BaseCardDelegate::tr("Pretrained, in the Hugging Face cache")
                                                        : BaseCardDelegate::tr("Pretrained, a folder of yours"));
    return separated(parts);
}

void BaseCardDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const Theme& theme = Theme::instance();
    const BaseModel& model = models_.models()[static_cast<std::size_t>(index.row())];
    const bool selected = option.state & QStyle::State_Selected;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRectF card = QRectF(option.rect).adjusted(2, 2, -2, -4);
    painter->setPen(QPen(selected ? theme.accent() : theme.faint(), selected ? 1.5 : 1));
    painter->setBrush(selected ? theme.tint() : theme.card());
    painter->drawRoundedRect(card, 8, 8);
    QRect text = card.toRect().adjusted(margin, margin - 2, -margin, -margin);
    const QFontMetrics metrics(option.font);
    const auto line = [&](const QString& words, const QColor& colour, bool strong) {
        QFont font = option.font;
        font.setBold(strong);
        painter->setFont(font);
        painter->setPen(colour);
        painter->drawText(text, Qt::AlignLeft | Qt::AlignTop, QFontMetrics(font).elidedText(words, Qt::ElideRight, text.width()));
        text.setTop(text.top() + metrics.height() + 2);
    };
    const QColor ink = option.palette.color(QPalette::Text);
    line(baseTitle(model), model.isKnown ? ink : theme.muted(), true);
    line(baseFacts(model), model.isKnown ? ink : theme.muted(), false);
    painter->setFont(option.font);
    painter->setPen(model.isKnown ? theme.muted() : theme.warning());
    painter->drawText(text, Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, baseRemark(model));
    painter->restore();
}

QSize BaseCardDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const
{
    return {280, 4 * (QFontMetrics(option.font).height() + 2) + 2 * margin + 4};
}

} // namespace earmark
