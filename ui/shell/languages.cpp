#include "ui/shell/languages.h"

#include <QApplication>
#include <QFont>
#include <QFontInfo>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

/// Resources within a static library are linked only where somebody asks for them; the macro wants the global namespace.
static void initialiseTranslations() { Q_INIT_RESOURCE(translations); }

namespace earmark
{

namespace
{

/// One translator after the other stays until the program ends; what is not there is left out.
void install(const QString& file, const QString& folder)
{
    auto* translator = new QTranslator(qApp);
    if (translator->load(file, folder))
        QCoreApplication::installTranslator(translator);
    else
        delete translator;
}

/// Simplified shapes first: without this a system may show Chinese in Japanese ones.
void addFonts()
{
    QFont font = QApplication::font();
    QStringList families = {QFontInfo(font).family()}; // a name that stands for others, such as “Sans Serif”, would be passed over
    families << "Noto Sans CJK SC" << "Source Han Sans SC" << "WenQuanYi Micro Hei" << "WenQuanYi Zen Hei";
    font.setFamilies(families);
    QApplication::setFont(font);
}

} // namespace

QString languageFor(const QString& wished)
{
    QStringList wishes = {wished};
    if (wished.isEmpty())
        wishes = QLocale::system().uiLanguages();
    for (const QString& wish : wishes) {
        if (wish.startsWith("zh"))
            return "zh_CN";
        if (wish.startsWith("en") || wish == "C")
            return "en";
    }
    return "en";
}

void installLanguage(const QString& wished)
{
    initialiseTranslations();
    const QString environment = qEnvironmentVariable("EARMARK_LANGUAGE");
    const QString language = languageFor(environment.isEmpty() ? wished : environment);
    if (QLocale::system().language() != QLocale(language).language())
        QLocale::setDefault(QLocale(language)); // else the system's own, for it knows the country too
    install("qtbase_" + language, QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    install("earmark_" + language, ":/translations");
    addFonts();
}

} // namespace earmark
