<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>earmark::AboutDialog</name>
    <message>
        <source>About Earmark</source>
        <translation>关于 Earmark</translation>
    </message>
    <message>
        <source>&lt;h2&gt;Earmark %1&lt;/h2&gt;&lt;p&gt;Labels audio, fine-tunes pretrained audio transformers on your recordings and tests them, on your own machine.&lt;/p&gt;&lt;p&gt;Nothing is sent anywhere: your recordings, labels and models stay on your disk.&lt;/p&gt;</source>
        <translation>&lt;h2&gt;Earmark %1&lt;/h2&gt;&lt;p&gt;在你自己的电脑上标注音频，用你的录音微调预训练的音频 Transformer，并加以测试。&lt;/p&gt;&lt;p&gt;不会向任何地方发送数据：录音、标签和模型都留在你的磁盘上。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>What it is made of</source>
        <translation>组成部分</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>Licence: GPL, version 3 or later</source>
        <translation>许可证：GPL 第 3 版或更新版本</translation>
    </message>
</context>
<context>
    <name>earmark::BalanceList</name>
    <message>
        <source>Labels and how many clips they have</source>
        <translation>标签及其片段数</translation>
    </message>
</context>
<context>
    <name>earmark::BaseCardDelegate</name>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 等（另有 %n 种）</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 parameters</source>
        <translation>参数量 %1</translation>
    </message>
    <message>
        <source>%1 kHz</source>
        <translation>%1 kHz</translation>
    </message>
    <message>
        <source>Earmark cannot train models of this family</source>
        <translation>Earmark 不能训练这一族的模型</translation>
    </message>
    <message>
        <source>Untrained, comes with Earmark. %1</source>
        <translation>未训练，随 Earmark 提供。%1</translation>
    </message>
    <message numerus="yes">
        <source>tells %n labels apart</source>
        <translation>
            <numerusform>可区分 %n 个标签</numerusform>
        </translation>
    </message>
    <message>
        <source>licence %1</source>
        <translation>许可证 %1</translation>
    </message>
    <message>
        <source>Pretrained, in the Hugging Face cache</source>
        <translation>预训练，位于 Hugging Face 缓存</translation>
    </message>
    <message>
        <source>Pretrained, a folder of yours</source>
        <translation>预训练，你添加的文件夹</translation>
    </message>
    <message>
        <source>Log-mel spectrogram in, 5 seconds at a time; learns languages, music and sounds on a CPU in minutes</source>
        <translation>输入 log-mel 语谱图，每次 5 秒；用 CPU 几分钟就能学会语言、音乐和声音</translation>
    </message>
    <message>
        <source>Waveform in, clips of any length; the wav2vec 2.0 trunk in small, slower to learn than ast-tiny</source>
        <translation>输入波形，片段长度不限；缩小的 wav2vec 2.0 主干，学得比 ast-tiny 慢</translation>
    </message>
</context>
<context>
    <name>earmark::BaseChooser</name>
    <message>
        <source>Start from this</source>
        <translation>使用此模型</translation>
    </message>
    <message>
        <source>Base model</source>
        <translation>基础模型</translation>
    </message>
    <message>
        <source>Base models</source>
        <translation>基础模型</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Looking for models…</source>
        <translation>正在查找模型…</translation>
    </message>
    <message>
        <source>There are no pretrained models in the local Hugging Face cache. Add the folder of one that you have downloaded: it holds config.json and the weights.</source>
        <translation>本机的 Hugging Face 缓存中没有预训练模型。请添加已下载模型的文件夹，其中有 config.json 和权重。</translation>
    </message>
    <message>
        <source>Training all of it takes about %1 of memory, and more for each clip of a batch. Training only the head takes much less.</source>
        <translation>训练整个模型大约需要 %1 内存，批中每多一个片段还要更多。只训练分类头则少得多。</translation>
    </message>
    <message>
        <source>Reading its weights…</source>
        <translation>正在读取权重…</translation>
    </message>
    <message>
        <source>Folder: %1</source>
        <translation>文件夹：%1</translation>
    </message>
    <message>
        <source>Loaded as %1</source>
        <translation>加载为 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n parts of the network are new and will be learnt from nothing: usually the head</source>
        <translation>
            <numerusform>网络有 %n 个部分是新的，将从零学起：通常是分类头</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tensors of the files are not needed</source>
        <translation>
            <numerusform>文件中有 %n 个张量用不到</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose a model folder</source>
        <translation>选择模型文件夹</translation>
    </message>
    <message>
        <source>About the base model</source>
        <translation>关于基础模型</translation>
    </message>
</context>
<context>
    <name>earmark::BaseModelList</name>
    <message>
        <source>%1 million</source>
        <translation>%1M</translation>
    </message>
    <message>
        <source>%1 thousand</source>
        <translation>%1K</translation>
    </message>
</context>
<context>
    <name>earmark::ClipList</name>
    <message>
        <source>Show in Data</source>
        <translation>在数据页显示</translation>
    </message>
    <message>
        <source>List of clips</source>
        <translation>片段列表</translation>
    </message>
    <message>
        <source>Chosen clips</source>
        <translation>所选片段</translation>
    </message>
    <message>
        <source>Wrong and sure of it</source>
        <translation>错得很确定</translation>
    </message>
    <message>
        <source>Clips whose label the model contradicts with more confidence than usual: often it is the label that is wrong</source>
        <translation>模型以高于平时的置信度反对其标签的片段：错的往往是标签</translation>
    </message>
    <message>
        <source>All mistakes</source>
        <translation>全部错误</translation>
    </message>
    <message>
        <source>All clips</source>
        <translation>全部片段</translation>
    </message>
    <message>
        <source>Show these clips on the Data page</source>
        <translation>在数据页显示这些片段</translation>
    </message>
    <message>
        <source>Clips</source>
        <translation>片段</translation>
    </message>
    <message numerus="yes">
        <source>%1: %Ln clip(s)</source>
        <comment>what they are, and how many</comment>
        <translation>
            <numerusform>%1：%Ln 个片段</numerusform>
        </translation>
    </message>
    <message>
        <source>%1. Often it is the label that is wrong: listen, and press the right label&apos;s key.</source>
        <translation>%1。错的往往是标签：听一听，再按正确标签的键。</translation>
    </message>
    <message>
        <source>There are no mistakes of this kind.</source>
        <translation>没有这类错误。</translation>
    </message>
    <message>
        <source>No clips are here.</source>
        <translation>这里没有片段。</translation>
    </message>
</context>
<context>
    <name>earmark::ClipMenu</name>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Open on the Label page</source>
        <translation>在标注页打开</translation>
    </message>
    <message>
        <source>Remove from the project…</source>
        <translation>从项目中移除…</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Not marked</source>
        <translation>未标记</translation>
    </message>
    <message>
        <source>Skipped</source>
        <translation>已跳过</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>不确定</translation>
    </message>
    <message>
        <source>Excluded</source>
        <translation>已排除</translation>
    </message>
    <message>
        <source>Show its folder</source>
        <translation>打开所在文件夹</translation>
    </message>
    <message>
        <source>Copy the path</source>
        <translation>复制路径</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>划分</translation>
    </message>
    <message>
        <source>Find files that moved…</source>
        <translation>查找移走的文件…</translation>
    </message>
</context>
<context>
    <name>earmark::ClipTable</name>
    <message>
        <source>Clips</source>
        <translation>片段</translation>
    </message>
</context>
<context>
    <name>earmark::ClipTableModel</name>
    <message>
        <source>Skipped</source>
        <translation>已跳过</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>不确定</translation>
    </message>
    <message>
        <source>Excluded</source>
        <translation>已排除</translation>
    </message>
    <message>
        <source>Train</source>
        <comment>split</comment>
        <translation>训练</translation>
    </message>
    <message>
        <source>Validation</source>
        <comment>split</comment>
        <translation>验证</translation>
    </message>
    <message>
        <source>Test</source>
        <comment>split</comment>
        <translation>测试</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>声音</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>划分</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Prediction</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>置信度</translation>
    </message>
</context>
<context>
    <name>earmark::ConfidenceView</name>
    <message>
        <source>With the temperature that fits</source>
        <translation>使用拟合的温度</translation>
    </message>
    <message>
        <source>Show those below</source>
        <translation>显示低于此值的片段</translation>
    </message>
    <message>
        <source>Temperature scaling: all scores divided by one number before softmax, fitted on these clips, so that the model is as sure as it is right. Its answers stay the same. The plot judges each half of the clips with the number found on the other half.</source>
        <translation>温度缩放（temperature scaling）：在 softmax 之前把所有分数除以同一个数，这个数用这些片段拟合得出，使模型的确定程度与正确程度相符。它的答案不变。图中每一半片段都用另一半求得的数来评判。</translation>
    </message>
    <message>
        <source>Least confidence of an answer</source>
        <translation>答案的最低置信度</translation>
    </message>
    <message>
        <source>On average the confidence is off by %1; with a temperature of %2 by %3.</source>
        <comment>expected calibration error before and after</comment>
        <translation>置信度平均偏差 %1；温度为 %2 时为 %3。</translation>
    </message>
    <message>
        <source>Expected calibration error (ECE) over ten bins</source>
        <translation>分十个区间的期望校准误差（ECE）</translation>
    </message>
    <message>
        <source>“None of these” below %1 %</source>
        <translation>低于 %1% 时算作“都不是”</translation>
    </message>
    <message>
        <source>%1 of the clips keep an answer, and %2 of those answers are right.</source>
        <translation>%1 的片段保留了答案，其中 %2 是正确的。</translation>
    </message>
    <message>
        <source>No clip keeps an answer.</source>
        <translation>没有片段保留答案。</translation>
    </message>
</context>
<context>
    <name>earmark::ConfusionMatrix</name>
    <message>
        <source>Confusion matrix</source>
        <translation>混淆矩阵</translation>
    </message>
    <message>
        <source>%1 of %2 clips of “%3” were recognised (%4)</source>
        <translation>%2 个“%3”片段中，%1 个识别正确（%4）</translation>
    </message>
    <message>
        <source>%1 of %2 clips of “%3” were taken for “%4” (%5)</source>
        <translation>%2 个“%3”片段中，%1 个被当作“%4”（%5）</translation>
    </message>
    <message>
        <source>The model says</source>
        <translation>模型判断</translation>
    </message>
    <message>
        <source>It is</source>
        <translation>实际是</translation>
    </message>
</context>
<context>
    <name>earmark::CurvePlot</name>
    <message>
        <source>%1 %2</source>
        <comment>a curve&apos;s name and its value</comment>
        <translation>%1 %2</translation>
    </message>
</context>
<context>
    <name>earmark::DataChoice</name>
    <message>
        <source>Whole clips</source>
        <translation>整个片段</translation>
    </message>
    <message>
        <source>Labelled regions</source>
        <translation>已标注的区域</translation>
    </message>
    <message>
        <source>The model learns from these</source>
        <translation>模型从这些片段学习</translation>
    </message>
    <message>
        <source>Watched while it learns, to keep the best model</source>
        <translation>学习过程中用来监控，以保留最佳模型</translation>
    </message>
    <message>
        <source>Never seen while it learns: the final accuracy is of these</source>
        <translation>学习过程中从未见过：最终准确率由这些片段得出</translation>
    </message>
    <message>
        <source>Learn from</source>
        <translation>用来学习</translation>
    </message>
    <message>
        <source>Watch</source>
        <translation>用来监控</translation>
    </message>
    <message>
        <source>Test on</source>
        <translation>用来测试</translation>
    </message>
    <message>
        <source>Each region that was marked on the Label page is a clip of its own</source>
        <translation>在标注页标出的每个区域都是一个独立的片段</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message numerus="yes">
        <source>%1 (%Ln clips)</source>
        <translation>
            <numerusform>%1（%Ln 个片段）</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln regions to learn from</source>
        <translation>
            <numerusform>%Ln 个区域可供学习</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln clips to learn from; those without a label are left out</source>
        <translation>
            <numerusform>%Ln 个片段可供学习；没有标签的不计入</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln clips to learn from</source>
        <translation>
            <numerusform>%Ln 个片段可供学习</numerusform>
        </translation>
    </message>
    <message>
        <source>A model is tested on clips that it has not learnt from, so the clips must be divided first.</source>
        <translation>模型要用没有学过的片段来测试，所以要先划分片段。</translation>
    </message>
    <message>
        <source>There are no clips to learn from yet.</source>
        <translation>还没有可供学习的片段。</translation>
    </message>
    <message>
        <source>Divide the clips…</source>
        <translation>划分片段…</translation>
    </message>
    <message>
        <source>Go to Data</source>
        <translation>转到数据页</translation>
    </message>
    <message numerus="yes">
        <source>%Ln clips to learn from; those without a number are left out</source>
        <translation>
            <numerusform>%Ln 个片段可供学习；没有数值的不计入</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>earmark::DataPage</name>
    <message>
        <source>Bring in your recordings</source>
        <translation>导入你的录音</translation>
    </message>
    <message>
        <source>Drop a folder, sound files or a table anywhere in this window. The name of each folder becomes a label; the files stay where they are.</source>
        <translation>把文件夹、声音文件或表格拖到窗口的任何位置。每个文件夹的名称成为一个标签；文件留在原处。</translation>
    </message>
    <message>
        <source>Import a folder…</source>
        <translation>导入文件夹…</translation>
    </message>
    <message>
        <source>Import files or a table…</source>
        <translation>导入文件或表格…</translation>
    </message>
    <message>
        <source>No clip fits</source>
        <translation>没有符合条件的片段</translation>
    </message>
    <message>
        <source>None of the clips has all that was asked for above.</source>
        <translation>没有片段同时满足上面的全部条件。</translation>
    </message>
    <message>
        <source>Show all clips</source>
        <translation>显示全部片段</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Remove clips</source>
        <translation>移除片段</translation>
    </message>
    <message numerus="yes">
        <source>Remove %Ln clip(s) from the project?</source>
        <translation>
            <numerusform>从项目中移除 %Ln 个片段？</numerusform>
        </translation>
    </message>
    <message>
        <source>Their labels, regions and notes go with them. The sound files stay, and Undo brings all of it back.</source>
        <translation>它们的标签、区域和备注会一并移除。声音文件会保留，撤销可以恢复一切。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
</context>
<context>
    <name>earmark::DemoSession</name>
    <message>
        <source>Demo project</source>
        <translation>演示项目</translation>
    </message>
</context>
<context>
    <name>earmark::EmbeddingMap</name>
    <message>
        <source>Map of the clips</source>
        <translation>片段地图</translation>
    </message>
</context>
<context>
    <name>earmark::ErrorBar</name>
    <message>
        <source>Close all</source>
        <translation>全部关闭</translation>
    </message>
    <message numerus="yes">
        <source>and %n more below</source>
        <translation>
            <numerusform>下面还有 %n 条</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>earmark::ErrorCard</name>
    <message>
        <source>Details</source>
        <translation>详细信息</translation>
    </message>
    <message>
        <source>Copy with its details</source>
        <translation>连同详细信息一起复制</translation>
    </message>
    <message>
        <source>%1 (%2 times)</source>
        <comment>an error that came more than once</comment>
        <translation>%1（%2 次）</translation>
    </message>
    <message>
        <source>Code: %1</source>
        <translation>代码：%1</translation>
    </message>
    <message>
        <source>File: %1</source>
        <translation>文件：%1</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message numerus="yes">
        <source>%1 (And %n other files.)</source>
        <comment>an error that came of several files</comment>
        <translation>
            <numerusform>%1（另有 %n 个文件也是如此。）</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>earmark::EstimateLine</name>
    <message>
        <source>Tries one step with an untrained copy of the model: takes some seconds</source>
        <translation>用模型的一个未训练副本试算一步：需要几秒钟</translation>
    </message>
    <message>
        <source>Estimate time and memory</source>
        <translation>估算时间和内存</translation>
    </message>
    <message>
        <source>Measuring…</source>
        <translation>正在测量…</translation>
    </message>
    <message>
        <source>Use batches of %1, %2 for a step</source>
        <translation>改用批大小 %1，每步 %2 批</translation>
    </message>
    <message>
        <source>Learns the same in less memory</source>
        <translation>学习效果相同，内存更少</translation>
    </message>
    <message>
        <source>About %1, with %2 of memory.</source>
        <translation>约 %1，需要 %2 内存。</translation>
    </message>
    <message>
        <source>About %1, with %2 of the %3 of memory that are free.</source>
        <translation>约 %1，需要 %2 内存，可用 %3。</translation>
    </message>
    <message>
        <source>Will not fit: it needs %1 of memory, and %2 are free. It would take about %3.</source>
        <translation>放不下：需要 %1 内存，可用 %2。耗时约 %3。</translation>
    </message>
</context>
<context>
    <name>earmark::ExportDialog</name>
    <message>
        <source>&amp;Regions as clips of their own</source>
        <translation>区域作为独立的片段(&amp;R)</translation>
    </message>
    <message>
        <source>R&amp;eplace the folder</source>
        <translation>替换该文件夹(&amp;E)</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Tables (CSV)</source>
        <translation>表格（CSV）</translation>
    </message>
    <message>
        <source>Hugging Face audiofolder</source>
        <translation>Hugging Face audiofolder</translation>
    </message>
    <message>
        <source>Label Studio</source>
        <translation>Label Studio</translation>
    </message>
    <message>
        <source>Audacity label tracks</source>
        <translation>Audacity 标签轨道</translation>
    </message>
    <message>
        <source>Raven selection tables</source>
        <translation>Raven 选区表</translation>
    </message>
    <message>
        <source>C&amp;hoose…</source>
        <translation>选择(&amp;H)…</translation>
    </message>
    <message>
        <source>&amp;Format</source>
        <translation>格式(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Into the folder</source>
        <translation>导出到文件夹(&amp;I)</translation>
    </message>
    <message>
        <source>One row a clip, and one a region. The sound stays where it is.</source>
        <translation>每个片段一行，每个区域一行。声音留在原处。</translation>
    </message>
    <message>
        <source>The clips are copied or cut, a folder for each split, with metadata.csv. “datasets” loads it.</source>
        <translation>片段被复制或截出，每个划分一个文件夹，附带 metadata.csv。可用“datasets”加载。</translation>
    </message>
    <message>
        <source>One tasks.json to import there.</source>
        <translation>一个 tasks.json，可导入 Label Studio。</translation>
    </message>
    <message>
        <source>One label track for each file.</source>
        <translation>每个文件一条标签轨道。</translation>
    </message>
    <message>
        <source>One selection table for each file.</source>
        <translation>每个文件一张选区表。</translation>
    </message>
    <message>
        <source>This folder exists already.</source>
        <translation>这个文件夹已经存在。</translation>
    </message>
    <message>
        <source>Folder to make</source>
        <translation>要创建的文件夹</translation>
    </message>
</context>
<context>
    <name>earmark::FilterBar</name>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Search names, labels and groups</source>
        <translation>搜索名称、标签和分组</translation>
    </message>
    <message>
        <source>Show clips that have these words in their name, label or group (Ctrl+F)</source>
        <translation>显示名称、标签或分组中有这些词的片段（Ctrl+F）</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>划分</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Run whose predictions are shown</source>
        <translation>显示哪次运行的预测</translation>
    </message>
    <message>
        <source>Predictions</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>Search clips</source>
        <translation>搜索片段</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Add recordings to the project (Ctrl+I)</source>
        <translation>把录音加入项目（Ctrl+I）</translation>
    </message>
    <message>
        <source>A folder…</source>
        <translation>文件夹…</translation>
    </message>
    <message>
        <source>Files or a table…</source>
        <translation>文件或表格…</translation>
    </message>
    <message>
        <source>Any state</source>
        <translation>任何状态</translation>
    </message>
    <message>
        <source>Not marked</source>
        <translation>未标记</translation>
    </message>
    <message>
        <source>Skipped</source>
        <translation>已跳过</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>不确定</translation>
    </message>
    <message>
        <source>Excluded</source>
        <translation>已排除</translation>
    </message>
    <message>
        <source>With a transcript</source>
        <translation>有转写</translation>
    </message>
    <message>
        <source>Without a transcript</source>
        <translation>无转写</translation>
    </message>
    <message>
        <source>With regions</source>
        <translation>有区域</translation>
    </message>
    <message>
        <source>With a note</source>
        <translation>有备注</translation>
    </message>
    <message>
        <source>Any prediction</source>
        <translation>任何预测</translation>
    </message>
    <message>
        <source>As labelled</source>
        <translation>与标签一致</translation>
    </message>
    <message>
        <source>Other than labelled</source>
        <translation>与标签不同</translation>
    </message>
    <message>
        <source>All splits</source>
        <translation>所有划分</translation>
    </message>
    <message>
        <source>In no split</source>
        <translation>未划分</translation>
    </message>
    <message>
        <source>No predictions</source>
        <translation>无预测</translation>
    </message>
    <message>
        <source>By %1</source>
        <comment>a run</comment>
        <translation>由 %1 预测</translation>
    </message>
    <message>
        <source>%1. Click to show all clips again.</source>
        <translation>%1。点击以重新显示全部片段。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln clip(s)</source>
        <translation>
            <numerusform>%Ln 个片段</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>clips</comment>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Divide…</source>
        <translation>划分…</translation>
    </message>
    <message>
        <source>Divide the clips into training, validation and test (Ctrl+D)</source>
        <translation>把片段划分为训练、验证和测试（Ctrl+D）</translation>
    </message>
</context>
<context>
    <name>earmark::Headline</name>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>The share of clips whose label the model found</source>
        <translation>模型找对标签的片段所占的比例</translation>
    </message>
    <message>
        <source>Likely range</source>
        <translation>可能范围</translation>
    </message>
    <message>
        <source>With this many clips, the accuracy on all clips of this kind lies in here with a probability of 95 % (Wilson&apos;s interval)</source>
        <translation>对于这个数量的片段，同类全部片段的准确率有 95% 的概率落在这里（Wilson 区间）</translation>
    </message>
    <message>
        <source>Mean F1 of the labels</source>
        <translation>各标签平均 F1</translation>
    </message>
    <message>
        <source>Each label counts the same, however many clips it has (macro F1)</source>
        <translation>每个标签同等对待，不论片段多少（宏平均 F1）</translation>
    </message>
    <message>
        <source>By guessing</source>
        <translation>靠猜测</translation>
    </message>
    <message>
        <source>The accuracy of always saying the label that most clips have</source>
        <translation>总是回答片段最多的标签所得的准确率</translation>
    </message>
    <message>
        <source>Clips</source>
        <translation>片段</translation>
    </message>
    <message>
        <source>Clips that were tested</source>
        <translation>参加测试的片段</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 至 %2</translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation>“%1”</translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>另外 %Ln 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The model does not know %Ln label(s): %1. Their clips count as wrong.</source>
        <translation>
            <numerusform>模型不认识 %Ln 个标签：%1。它们的片段算作错误。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln clip(s) without a label, or that could not be read, were left out.</source>
        <translation>
            <numerusform>%Ln 个没有标签或无法读取的片段未计入。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln label(s) changed since the test; the figures count them as they are now.</source>
        <translation>
            <numerusform>测试之后有 %Ln 个标签已更改；这里的数值按现在的标签计算。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>earmark::HelpWindow</name>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>Search the help</source>
        <translation>搜索帮助</translation>
    </message>
    <message>
        <source>Topics</source>
        <translation>主题</translation>
    </message>
</context>
<context>
    <name>earmark::ImportBanner</name>
    <message>
        <source>Progress of the import</source>
        <translation>导入进度</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Importing “%1”: %2 of %3 files</source>
        <translation>正在导入“%1”：%2 / %3 个文件</translation>
    </message>
    <message>
        <source>Importing “%1”</source>
        <translation>正在导入“%1”</translation>
    </message>
</context>
<context>
    <name>earmark::ImportDialog</name>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Import “%1”</source>
        <translation>导入“%1”</translation>
    </message>
    <message numerus="yes">
        <source>Import %Ln item(s)</source>
        <translation>
            <numerusform>导入 %Ln 项</numerusform>
        </translation>
    </message>
    <message>
        <source>Some of the clips</source>
        <translation>部分片段</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>划分</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>As it looks</source>
        <translation>自动识别</translation>
    </message>
    <message>
        <source>A folder for each label</source>
        <translation>每个标签一个文件夹</translation>
    </message>
    <message>
        <source>A table (CSV, TSV, JSON lines)</source>
        <translation>表格（CSV、TSV、JSON lines）</translation>
    </message>
    <message>
        <source>Hugging Face audiofolder</source>
        <translation>Hugging Face audiofolder</translation>
    </message>
    <message>
        <source>Speech Commands</source>
        <translation>Speech Commands</translation>
    </message>
    <message>
        <source>&amp;Format</source>
        <translation>格式(&amp;F)</translation>
    </message>
    <message>
        <source>Column with &amp;files</source>
        <translation>文件列(&amp;F)</translation>
    </message>
    <message>
        <source>… with &amp;labels</source>
        <translation>标签列(&amp;L)</translation>
    </message>
    <message>
        <source>… with &amp;transcripts</source>
        <translation>转写列(&amp;T)</translation>
    </message>
    <message>
        <source>… with &amp;splits</source>
        <translation>划分列(&amp;S)</translation>
    </message>
    <message>
        <source>… with &amp;groups</source>
        <translation>分组列(&amp;G)</translation>
    </message>
    <message>
        <source>… with &amp;beginnings, in seconds</source>
        <translation>开始时间列，单位秒(&amp;B)</translation>
    </message>
    <message>
        <source>… with &amp;ends, in seconds</source>
        <translation>结束时间列，单位秒(&amp;E)</translation>
    </message>
    <message>
        <source>One label in a cell</source>
        <translation>每格一个标签</translation>
    </message>
    <message>
        <source>What stands between several labels in one cell, such as | or a comma</source>
        <translation>一格中几个标签之间的分隔符，例如 | 或逗号</translation>
    </message>
    <message>
        <source>Between labels</source>
        <translation>标签分隔符</translation>
    </message>
    <message>
        <source>None; for example (speaker\d+)</source>
        <translation>无；例如 (speaker\d+)</translation>
    </message>
    <message>
        <source>A regular expression, looked for in each path: what its first brackets hold is the clip&apos;s group. Clips of one group (a recording, a speaker) stay on one side of a split.</source>
        <translation>在每个路径中查找的正则表达式：第一对括号匹配的内容就是片段的分组。同一组（同一段录音、同一个说话人）的片段不会被划分到两边。</translation>
    </message>
    <message>
        <source>Group from the &amp;path</source>
        <translation>从路径取分组(&amp;P)</translation>
    </message>
    <message>
        <source>Looking at what is there…</source>
        <translation>正在查看内容…</translation>
    </message>
    <message>
        <source>Choose the column that holds the names of the files.</source>
        <translation>请选择写有文件名的列。</translation>
    </message>
    <message>
        <source>There is no sound here that can be imported.</source>
        <translation>这里没有可以导入的声音。</translation>
    </message>
    <message>
        <source>%1, %2.</source>
        <comment>counts of clips and of labels</comment>
        <translation>%1，%2。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln clip(s)</source>
        <translation>
            <numerusform>%Ln 个片段</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln different label(s)</source>
        <translation>
            <numerusform>%Ln 个不同的标签</numerusform>
        </translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Numbers that a model can learn to tell, such as a height or a loudness; each keeps its column&apos;s name</source>
        <translation>模型可以学会判断的数值，例如高度或响度；每个数值沿用其列名</translation>
    </message>
    <message>
        <source>… with &amp;numbers to learn</source>
        <translation>要学习的数值列(&amp;N)</translation>
    </message>
</context>
<context>
    <name>earmark::ImportFlow</name>
    <message>
        <source>Import a folder</source>
        <translation>导入文件夹</translation>
    </message>
    <message>
        <source>Import files</source>
        <translation>导入文件</translation>
    </message>
    <message>
        <source>Sounds and tables (*.wav *.flac *.mp3 *.ogg *.opus *.m4a *.aac *.aif *.aiff *.gsm *.sph *.csv *.tsv *.jsonl);;All files (*)</source>
        <translation>声音和表格 (*.wav *.flac *.mp3 *.ogg *.opus *.m4a *.aac *.aif *.aiff *.gsm *.sph *.csv *.tsv *.jsonl);;所有文件 (*)</translation>
    </message>
    <message>
        <source>The new project is kept in “%1”.</source>
        <translation>新项目保存在“%1”。</translation>
    </message>
    <message>
        <source>This project is read-only; nothing can be imported into it.</source>
        <translation>此项目为只读，不能导入任何内容。</translation>
    </message>
    <message>
        <source>The import was stopped; nothing was added.</source>
        <translation>导入已停止；没有加入任何内容。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln clip(s) imported.</source>
        <translation>
            <numerusform>已导入 %Ln 个片段。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>earmark::ImportReportDialog</name>
    <message>
        <source>What was imported</source>
        <translation>导入结果</translation>
    </message>
    <message numerus="yes">
        <source>%Ln clip(s) imported.</source>
        <translation>
            <numerusform>已导入 %Ln 个片段。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln clip(s) were there already.</source>
        <translation>
            <numerusform>%Ln 个片段原已存在。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) known before have new content.</source>
        <translation>
            <numerusform>%Ln 个已知文件的内容有变化。</numerusform>
        </translation>
    </message>
    <message>
        <source>Could not be read: %L1</source>
        <translation>无法读取：%L1</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Same content: %L1</source>
        <translation>内容相同：%L1</translation>
    </message>
    <message>
        <source>Same as</source>
        <translation>相同于</translation>
    </message>
    <message>
        <source>Remarks: %L1</source>
        <translation>说明：%L1</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Copy the list</source>
        <translation>复制列表</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>另存为 CSV…</translation>
    </message>
    <message>
        <source>Save the list</source>
        <translation>保存列表</translation>
    </message>
    <message>
        <source>import.csv</source>
        <translation>import.csv</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
    <message>
        <source>The list could not be written to “%1”: %2.</source>
        <translation>无法把列表写入“%1”：%2。</translation>
    </message>
</context>
<context>
    <name>earmark::Inspector</name>
    <message>
        <source>Labels</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Add a label</source>
        <translation>添加标签</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>跳过</translation>
    </message>
    <message>
        <source>To be passed over when labelling</source>
        <translation>标注时略过</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>不确定</translation>
    </message>
    <message>
        <source>To be looked at again</source>
        <translation>留待再看</translation>
    </message>
    <message>
        <source>Exclude</source>
        <translation>排除</translation>
    </message>
    <message>
        <source>Used neither for training nor for testing</source>
        <translation>既不用于训练，也不用于测试</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>What must stay on one side of a split: a recording, a speaker</source>
        <translation>划分时必须留在同一边的片段：同一段录音、同一个说话人</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message numerus="yes">
        <source>%Ln clip(s)</source>
        <translation>
            <numerusform>%Ln 个片段</numerusform>
        </translation>
    </message>
    <message>
        <source>mono</source>
        <translation>单声道</translation>
    </message>
    <message>
        <source>stereo</source>
        <translation>立体声</translation>
    </message>
    <message numerus="yes">
        <source>%Ln channels</source>
        <translation>
            <numerusform>%Ln 个声道</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 · %2 kHz · %3</source>
        <comment>length, sample rate, channels</comment>
        <translation>%1 · %2 kHz · %3</translation>
    </message>
    <message>
        <source>Predicted: %1 (%2)</source>
        <comment>label, how sure it is</comment>
        <translation>预测：%1（%2）</translation>
    </message>
    <message>
        <source>%1 (%2 of %3)</source>
        <comment>label, clips</comment>
        <translation>%1（%2 / %3）</translation>
    </message>
    <message>
        <source>Take the label %1 off</source>
        <translation>去掉标签“%1”</translation>
    </message>
    <message>
        <source>Several groups</source>
        <translation>多个分组</translation>
    </message>
    <message>
        <source>Transcript: %1</source>
        <translation>转写：%1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a column of a table and its value</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Choose a clip to see its labels and its note, or several to change them together.</source>
        <translation>选择一个片段查看它的标签和备注，或选择多个一起修改。</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>数值</translation>
    </message>
</context>
<context>
    <name>earmark::JobList</name>
    <message>
        <source>Jobs</source>
        <translation>任务</translation>
    </message>
</context>
<context>
    <name>earmark::JobRow</name>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Remove from the list</source>
        <translation>从列表中移除</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
</context>
<context>
    <name>earmark::Jobs</name>
    <message>
        <source>Importing</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Testing</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Predicting</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>Mapping</source>
        <translation>生成地图</translation>
    </message>
    <message>
        <source>Exporting</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Working</source>
        <translation>处理中</translation>
    </message>
    <message>
        <source>Importing “%1”</source>
        <translation>导入“%1”</translation>
    </message>
    <message>
        <source>Training “%1”</source>
        <translation>训练“%1”</translation>
    </message>
    <message>
        <source>Testing “%1”</source>
        <translation>测试“%1”</translation>
    </message>
    <message>
        <source>Predicting “%1”</source>
        <translation>预测“%1”</translation>
    </message>
    <message>
        <source>Mapping “%1”</source>
        <translation>生成地图“%1”</translation>
    </message>
    <message>
        <source>Exporting “%1”</source>
        <translation>导出“%1”</translation>
    </message>
    <message>
        <source>&lt;1 min left</source>
        <translation>&lt;1 分钟</translation>
    </message>
    <message>
        <source>%1 min left</source>
        <translation>剩 %1 分钟</translation>
    </message>
    <message>
        <source>%1 h left</source>
        <translation>剩 %1 小时</translation>
    </message>
    <message>
        <source>Waiting for its turn</source>
        <translation>排队等待</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Done in %1</source>
        <translation>已完成，用时 %1</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1%</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>share done, time left</comment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>Looking for files</source>
        <translation>查找文件</translation>
    </message>
    <message>
        <source>Looking for files in “%1”</source>
        <translation>在“%1”中查找文件</translation>
    </message>
</context>
<context>
    <name>earmark::LabelBalance</name>
    <message>
        <source>All clips</source>
        <translation>全部片段</translation>
    </message>
    <message>
        <source>Without a label</source>
        <translation>没有标签</translation>
    </message>
    <message numerus="yes">
        <source>%1: %Ln clip(s)</source>
        <comment>a label</comment>
        <translation>
            <numerusform>%1：%Ln 个片段</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>earmark::LabelButton</name>
    <message>
        <source>%1. With Shift: a further label</source>
        <translation>%1。按住 Shift：再加一个标签</translation>
    </message>
    <message>
        <source>%1 (%2). With Shift: a further label</source>
        <translation>%1（%2）。按住 Shift：再加一个标签</translation>
    </message>
</context>
<context>
    <name>earmark::LabelFiguresTable</name>
    <message>
        <source>Of the clips that the model gave this label, the share that has it</source>
        <translation>模型给出此标签的片段中，确实是此标签的比例</translation>
    </message>
    <message>
        <source>Of the clips that have this label, the share that the model found</source>
        <translation>属于此标签的片段中，被模型找到的比例</translation>
    </message>
    <message>
        <source>Harmonic mean of precision and recall</source>
        <translation>精确率与召回率的调和平均</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Clips</source>
        <translation>片段</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精确率</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>召回率</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>Mistaken for</source>
        <translation>误认为</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>a label and how many clips</comment>
        <translation>%1（%2）</translation>
    </message>
</context>
<context>
    <name>earmark::LabelPage</name>
    <message>
        <source>Train a model</source>
        <translation>训练模型</translation>
    </message>
    <message>
        <source>There are no clips yet</source>
        <translation>还没有片段</translation>
    </message>
    <message>
        <source>No project is open</source>
        <translation>没有打开项目</translation>
    </message>
    <message>
        <source>Import recordings on the Data page; then listen to them here and say what they are.</source>
        <translation>先在数据页导入录音，再到这里听，说明它们是什么。</translation>
    </message>
    <message>
        <source>Open or make a project on the Data page; then listen to its clips here and say what they are.</source>
        <translation>先在数据页打开或新建项目，再到这里听其中的片段，说明它们是什么。</translation>
    </message>
    <message>
        <source>Go to Data</source>
        <translation>转到数据页</translation>
    </message>
    <message>
        <source>No clip is left here</source>
        <translation>这里没有剩下的片段</translation>
    </message>
    <message>
        <source>None of the clips is one of those that you chose to see.</source>
        <translation>没有片段符合你选择查看的条件。</translation>
    </message>
    <message>
        <source>Show all clips</source>
        <translation>显示全部片段</translation>
    </message>
    <message numerus="yes">
        <source>All %Ln clip(s) have a label.</source>
        <translation>
            <numerusform>全部 %Ln 个片段都有标签。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %Ln clip(s) have a label or were skipped.</source>
        <translation>
            <numerusform>全部 %Ln 个片段都有标签或已跳过。</numerusform>
        </translation>
    </message>
    <message>
        <source>Next clip</source>
        <translation>下一个片段</translation>
    </message>
    <message>
        <source>Clip before</source>
        <translation>上一个片段</translation>
    </message>
    <message>
        <source>Take all labels off</source>
        <translation>去掉全部标签</translation>
    </message>
    <message>
        <source>Skip the clip</source>
        <translation>跳过片段</translation>
    </message>
    <message>
        <source>Unsure of the clip</source>
        <translation>对片段不确定</translation>
    </message>
</context>
<context>
    <name>earmark::LabelPanel</name>
    <message>
        <source>Labels of the region</source>
        <translation>区域的标签</translation>
    </message>
    <message>
        <source>Find or add a label</source>
        <translation>查找或添加标签</translation>
    </message>
    <message>
        <source>Edit labels</source>
        <translation>编辑标签</translation>
    </message>
    <message>
        <source>Edit labels: names, colours, keys and order; merge and delete them</source>
        <translation>编辑标签：名称、颜色、按键和顺序；合并和删除</translation>
    </message>
    <message>
        <source>None (0)</source>
        <translation>无（0）</translation>
    </message>
    <message>
        <source>Take all labels off (0)</source>
        <translation>去掉全部标签（0）</translation>
    </message>
    <message>
        <source>Skip (.)</source>
        <translation>跳过（.）</translation>
    </message>
    <message>
        <source>Leave this clip aside and go on (.)</source>
        <translation>搁置此片段，继续下一个（.）</translation>
    </message>
    <message>
        <source>Unsure (,)</source>
        <translation>不确定（,）</translation>
    </message>
    <message>
        <source>Mark this clip to be looked at again (,)</source>
        <translation>标记此片段，留待再看（,）</translation>
    </message>
    <message>
        <source>Transcript</source>
        <translation>转写</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Back (⌫)</source>
        <translation>上一个（⌫）</translation>
    </message>
    <message>
        <source>The clip before (Backspace or Shift+Enter)</source>
        <translation>上一个片段（Backspace 或 Shift+Enter）</translation>
    </message>
    <message>
        <source>Next (↵)</source>
        <translation>下一个（↵）</translation>
    </message>
    <message>
        <source>The next clip (Enter)</source>
        <translation>下一个片段（Enter）</translation>
    </message>
    <message>
        <source>Add your first label</source>
        <translation>添加第一个标签</translation>
    </message>
    <message>
        <source>%1 says %2 (%3)</source>
        <comment>run, label, how sure it is</comment>
        <translation>%1 认为是 %2（%3）</translation>
    </message>
    <message>
        <source>%1: kept as soon as you leave the field; Escape goes back to the keys of the labels, Ctrl+Enter to the next clip</source>
        <translation>%1：离开输入框即保存；Escape 回到标签按键，Ctrl+Enter 转到下一个片段</translation>
    </message>
</context>
<context>
    <name>earmark::LabelSetDialog</name>
    <message>
        <source>Labels</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Clips</source>
        <translation>片段</translation>
    </message>
    <message>
        <source>Double-click a name or a key to change it; drag labels into another order. Keys are 1 to 9 and A to Z.</source>
        <translation>双击名称或按键即可更改；拖动标签可调整顺序。按键为 1 到 9 和 A 到 Z。</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Colour…</source>
        <translation>颜色…</translation>
    </message>
    <message>
        <source>Merge into…</source>
        <translation>合并到…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Move up (Ctrl+↑)</source>
        <translation>上移（Ctrl+↑）</translation>
    </message>
    <message>
        <source>Move down (Ctrl+↓)</source>
        <translation>下移（Ctrl+↓）</translation>
    </message>
    <message>
        <source>New label</source>
        <translation>新标签</translation>
    </message>
    <message>
        <source>New label %1</source>
        <translation>新标签 %1</translation>
    </message>
    <message>
        <source>Merge labels</source>
        <translation>合并标签</translation>
    </message>
    <message>
        <source>Delete a label</source>
        <translation>删除标签</translation>
    </message>
    <message numerus="yes">
        <source>%Ln clip(s) have the label “%1” and would lose it.</source>
        <translation>
            <numerusform>%Ln 个片段有标签“%1”，删除后会失去它。</numerusform>
        </translation>
    </message>
    <message>
        <source>Merging it into another label would keep what was said of them.</source>
        <translation>把它合并到另一个标签，可以保留这些标注。</translation>
    </message>
    <message>
        <source>Delete label</source>
        <translation>删除标签</translation>
    </message>
    <message>
        <source>A label needs a name.</source>
        <translation>标签需要名称。</translation>
    </message>
    <message>
        <source>The name “%1” is there twice.</source>
        <translation>名称“%1”重复了。</translation>
    </message>
    <message>
        <source>The key %1 belongs to two labels.</source>
        <translation>按键 %1 属于两个标签。</translation>
    </message>
    <message>
        <source>“%1” cannot be a key: take one of 1 to 9 or A to Z, or none.</source>
        <translation>“%1”不能用作按键：请用 1 到 9 或 A 到 Z，或不设按键。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln clip(s) have the label “%1”. Which label do they get instead?
It is done at once; Undo takes it back.</source>
        <translation>
            <numerusform>%Ln 个片段带有标签“%1”。改用哪个标签？
会立即执行；可以撤销。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>earmark::LabelsView</name>
    <message>
        <source>Figures of each label</source>
        <translation>各标签的数值</translation>
    </message>
</context>
<context>
    <name>earmark::LevelMeter</name>
    <message>
        <source>Level</source>
        <translation>电平</translation>
    </message>
    <message>
        <source>How loud it is: bar for the effective level, line for the peak, in red at full scale</source>
        <translation>音量大小：条形为有效电平，线为峰值，满刻度时变红</translation>
    </message>
</context>
<context>
    <name>earmark::MainWindow</name>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标注</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Predict</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>Earmark</source>
        <translation>Earmark</translation>
    </message>
    <message>
        <source>%1 — Earmark</source>
        <translation>%1 — Earmark</translation>
    </message>
    <message>
        <source>%1 [read-only: open in %2] — Earmark</source>
        <translation>%1 [只读：已在 %2 中打开] — Earmark</translation>
    </message>
    <message>
        <source>%1 [read-only] — Earmark</source>
        <translation>%1 [只读] — Earmark</translation>
    </message>
    <message>
        <source>What runs now will stop.</source>
        <translation>正在进行的任务会停止。</translation>
    </message>
    <message>
        <source>Training will stop; it can be resumed.</source>
        <translation>训练会停止，之后可以继续。</translation>
    </message>
    <message>
        <source>Close Earmark?</source>
        <translation>关闭 Earmark？</translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation>停止并关闭</translation>
    </message>
    <message>
        <source>Stopping what runs; the window closes by itself.</source>
        <translation>正在停止任务；窗口随后会自动关闭。</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;New project…</source>
        <translation>新建项目(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>打开(&amp;O)…</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>打开最近的项目(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Demo project</source>
        <translation>演示项目(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Import files…</source>
        <translation>导入文件(&amp;I)…</translation>
    </message>
    <message>
        <source>Ctrl+I</source>
        <translation>Ctrl+I</translation>
    </message>
    <message>
        <source>Import a &amp;folder…</source>
        <translation>导入文件夹(&amp;F)…</translation>
    </message>
    <message>
        <source>Ctrl+Shift+I</source>
        <translation>Ctrl+Shift+I</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>导出(&amp;E)…</translation>
    </message>
    <message>
        <source>Ctrl+E</source>
        <translation>Ctrl+E</translation>
    </message>
    <message>
        <source>&amp;Close the project</source>
        <translation>关闭项目(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>Ctrl+Q</source>
        <translation>Ctrl+Q</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation>设置(&amp;S)…</translation>
    </message>
    <message>
        <source>Ctrl+,</source>
        <translation>Ctrl+,</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Data</source>
        <translation>数据(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Label</source>
        <translation>标注(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Train</source>
        <translation>训练(&amp;T)</translation>
    </message>
    <message>
        <source>T&amp;est</source>
        <translation>测试(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Predict</source>
        <translation>预测(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Colours</source>
        <translation>颜色(&amp;C)</translation>
    </message>
    <message>
        <source>As the &amp;system</source>
        <translation>跟随系统(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>浅色(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>深色(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>全屏(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Shortcuts</source>
        <translation>快捷键(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;About Earmark</source>
        <translation>关于 Earmark(&amp;A)</translation>
    </message>
    <message>
        <source>Undo: %1</source>
        <translation>撤销：%1</translation>
    </message>
    <message>
        <source>Redo: %1</source>
        <translation>重做：%1</translation>
    </message>
    <message>
        <source>-export</source>
        <translation>-导出</translation>
    </message>
    <message numerus="yes">
        <source>%Ln clips written to “%1”.</source>
        <translation>
            <numerusform>已将 %Ln 个片段写入“%1”。</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Divide the clips…</source>
        <translation>划分片段(&amp;D)…</translation>
    </message>
    <message>
        <source>Ctrl+D</source>
        <translation>Ctrl+D</translation>
    </message>
    <message>
        <source>&amp;Save a copy…</source>
        <translation>保存副本(&amp;S)…</translation>
    </message>
    <message>
        <source>Ctrl+Shift+S</source>
        <translation>Ctrl+Shift+S</translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>另有 %Ln 项</numerusform>
        </translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
</context>
<context>
    <name>earmark::MapView</name>
    <message>
        <source>The map lays clips that sound alike to the model next to each other. To make it, the model listens to each clip once more.</source>
        <translation>地图把模型听来相似的片段放在一起。生成地图时，模型要把每个片段再听一遍。</translation>
    </message>
    <message>
        <source>Make the map</source>
        <translation>生成地图</translation>
    </message>
    <message>
        <source>Progress of the map</source>
        <translation>地图进度</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Label to bring out</source>
        <translation>要突出显示的标签</translation>
    </message>
    <message>
        <source>Play what the mouse rests on</source>
        <translation>播放鼠标所指的片段</translation>
    </message>
    <message>
        <source>%1
%2, recognised</source>
        <translation>%1
%2，识别正确</translation>
    </message>
    <message>
        <source>%1
%2, taken for %3</source>
        <translation>%1
%2，被当作 %3</translation>
    </message>
    <message>
        <source>● right   ✕ wrong</source>
        <translation>● 正确   ✕ 错误</translation>
    </message>
    <message>
        <source>Principal components of the embeddings; the two axes show %1 of their variance</source>
        <translation>嵌入的主成分；两条轴表示其方差的 %1</translation>
    </message>
    <message>
        <source>All labels</source>
        <translation>全部标签</translation>
    </message>
    <message>
        <source>Waits for its turn</source>
        <translation>等待轮到它</translation>
    </message>
</context>
<context>
    <name>earmark::MatrixView</name>
    <message>
        <source>Per cent of the label&apos;s clips</source>
        <translation>占该标签片段的百分比</translation>
    </message>
    <message>
        <source>Choose a cell to see and hear its clips.</source>
        <translation>点击格子，查看并收听其中的片段。</translation>
    </message>
</context>
<context>
    <name>earmark::MissingFiles</name>
    <message>
        <source>Find the folder…</source>
        <translation>查找文件夹…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) are not where they were, such as those in “%1”. Their clips can be neither heard nor trained on.</source>
        <translation>
            <numerusform>%Ln 个文件不在原来的位置，例如“%1”中的文件。它们的片段既不能播放，也不能用于训练。</numerusform>
        </translation>
    </message>
    <message>
        <source>All files of the project are where they were.</source>
        <translation>项目的所有文件都在原来的位置。</translation>
    </message>
    <message>
        <source>Where is “%1” now?</source>
        <translation>“%1”现在在哪里？</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) found.</source>
        <translation>
            <numerusform>找到了 %Ln 个文件。</numerusform>
        </translation>
    </message>
    <message>
        <source>Files that moved</source>
        <translation>移走的文件</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) have the right name but hold something else; they were not taken.</source>
        <translation>
            <numerusform>%Ln 个文件名称相符但内容不同，没有采用。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) are still missing.</source>
        <translation>
            <numerusform>仍缺少 %Ln 个文件。</numerusform>
        </translation>
    </message>
    <message>
        <source>Look in another folder…</source>
        <translation>在另一个文件夹中查找…</translation>
    </message>
</context>
<context>
    <name>earmark::ModelTest</name>
    <message>
        <source>All clips</source>
        <translation>全部片段</translation>
    </message>
    <message>
        <source>Test split</source>
        <translation>测试集</translation>
    </message>
    <message>
        <source>Validation split</source>
        <translation>验证集</translation>
    </message>
    <message>
        <source>Training split</source>
        <translation>训练集</translation>
    </message>
</context>
<context>
    <name>earmark::PlayerBar</name>
    <message>
        <source>Player</source>
        <translation>播放器</translation>
    </message>
    <message>
        <source>Play and pause</source>
        <translation>播放和暂停</translation>
    </message>
    <message>
        <source>Place and length</source>
        <translation>位置和时长</translation>
    </message>
    <message>
        <source>Back one second</source>
        <translation>后退一秒</translation>
    </message>
    <message>
        <source>Back one second (←)</source>
        <translation>后退一秒（←）</translation>
    </message>
    <message>
        <source>On one second</source>
        <translation>前进一秒</translation>
    </message>
    <message>
        <source>On one second (→)</source>
        <translation>前进一秒（→）</translation>
    </message>
    <message>
        <source>Loop</source>
        <translation>循环</translation>
    </message>
    <message>
        <source>Play again and again: what is selected, or all</source>
        <translation>反复播放选中的部分或全部</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>%1×</source>
        <comment>speed</comment>
        <translation>%1×</translation>
    </message>
    <message>
        <source>Speed, with the pitch kept</source>
        <translation>速度，音高不变</translation>
    </message>
    <message>
        <source>This build plays at the natural speed alone: it has no FFmpeg</source>
        <translation>此版本没有 FFmpeg，只能以原速播放</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>静音</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>音量</translation>
    </message>
    <message>
        <source>How the spectrogram looks</source>
        <translation>语谱图外观</translation>
    </message>
    <message>
        <source>Colours, range and frequency axis</source>
        <translation>颜色、范围和频率轴</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Zoom out (−, or turn the wheel)</source>
        <translation>缩小（−，或滚动滚轮）</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Zoom in (+, or turn the wheel)</source>
        <translation>放大（+，或滚动滚轮）</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Show all (double-click)</source>
        <translation>显示全部（双击）</translation>
    </message>
    <message>
        <source>Choose a clip to see and hear it</source>
        <translation>选择一个片段，查看并收听</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Pause (Space)</source>
        <translation>暂停（空格）</translation>
    </message>
    <message>
        <source>Play (Space)</source>
        <translation>播放（空格）</translation>
    </message>
    <message>
        <source>No sound device: playing silently</source>
        <translation>没有声音设备：静音播放</translation>
    </message>
    <message>
        <source>%1 / %2</source>
        <comment>place / length</comment>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Sound on</source>
        <translation>打开声音</translation>
    </message>
</context>
<context>
    <name>earmark::PredictPage</name>
    <message>
        <source>&amp;Model</source>
        <translation>模型(&amp;M)</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>选择模型</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>文件夹…</translation>
    </message>
    <message>
        <source>Use a model folder: one that Earmark trained, or one from the Hugging Face Hub</source>
        <translation>使用模型文件夹：Earmark 训练的，或来自 Hugging Face Hub 的</translation>
    </message>
    <message>
        <source>&amp;Listen to</source>
        <translation>收听范围(&amp;L)</translation>
    </message>
    <message>
        <source>the whole file</source>
        <translation>整个文件</translation>
    </message>
    <message>
        <source>windows of</source>
        <translation>逐个窗口，每个</translation>
    </message>
    <message>
        <source>How a long file is heard: as in the model&apos;s own test, at once, or window by window, which shows where in the file things are</source>
        <translation>如何听较长的文件：与模型测试时相同、一次听完，或逐个窗口来听，从而看出声音出现在文件的哪里</translation>
    </message>
    <message>
        <source>Length of a window</source>
        <translation>窗口长度</translation>
    </message>
    <message>
        <source> s</source>
        <comment>seconds</comment>
        <translation> 秒</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>录音</translation>
    </message>
    <message>
        <source>Drop sounds here</source>
        <translation>把声音拖到这里</translation>
    </message>
    <message>
        <source>Files or whole folders, in any format. The model says what it hears, and nothing leaves this computer.</source>
        <translation>文件或整个文件夹，任何格式。模型说出它听到了什么，数据不会离开这台电脑。</translation>
    </message>
    <message>
        <source>Choose files…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <source>Clips without a label</source>
        <translation>没有标签的片段</translation>
    </message>
    <message>
        <source>Let the model listen to the clips of this project that nobody has labelled yet</source>
        <translation>让模型听一听本项目中还没有人标注的片段</translation>
    </message>
    <message>
        <source>Files and what was heard in them</source>
        <translation>文件及其预测结果</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Add files…</source>
        <translation>添加文件…</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清空</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>另存为 CSV…</translation>
    </message>
    <message>
        <source>Take over as labels…</source>
        <translation>采用为标签…</translation>
    </message>
    <message>
        <source>Give the ticked files the label that was heard, marked as the model&apos;s; files that are not in the project are imported</source>
        <translation>把听到的标签给予勾选的文件，并标记为模型给出；不在项目中的文件会被导入</translation>
    </message>
    <message>
        <source>Stop recording</source>
        <translation>停止录音</translation>
    </message>
    <message>
        <source>Sounds to listen to</source>
        <translation>要听的声音</translation>
    </message>
    <message>
        <source>Folder of sounds to listen to</source>
        <translation>要听的声音文件夹</translation>
    </message>
    <message>
        <source>Every clip of this project has a label.</source>
        <translation>本项目的每个片段都有标签。</translation>
    </message>
    <message>
        <source>Model folder</source>
        <translation>模型文件夹</translation>
    </message>
    <message>
        <source>Save predictions</source>
        <translation>保存预测</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
    <message>
        <source>Saved as %1.</source>
        <translation>已保存为 %1。</translation>
    </message>
    <message>
        <source>Take over as labels</source>
        <translation>采用为标签</translation>
    </message>
    <message>
        <source>Waits for its turn</source>
        <translation>排队等待</translation>
    </message>
    <message>
        <source>Choose a model to hear what is in the files</source>
        <translation>选择模型，听听文件里有什么</translation>
    </message>
    <message>
        <source>as much as in its test</source>
        <translation>与测试时相同</translation>
    </message>
    <message>
        <source>Stop (%1)</source>
        <comment>how long the recording is</comment>
        <translation>停止（%1）</translation>
    </message>
    <message numerus="yes">
        <source>%Ln label(s) taken over.</source>
        <translation>
            <numerusform>已采用 %Ln 个标签。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%L1 of %Ln file(s) heard</source>
        <translation>
            <numerusform>已听 %L1 个文件，共 %Ln 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) get the label that was heard, instead of those that they have. It can be undone.</source>
        <translation>
            <numerusform>%Ln 个文件将得到听出的标签，取代它们现有的标签。可以撤销。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>earmark::PredictionPanel</name>
    <message>
        <source>Choose a file to see what was heard in it</source>
        <translation>选择一个文件，查看其中的预测</translation>
    </message>
    <message>
        <source>Not heard yet.</source>
        <translation>尚未听过。</translation>
    </message>
</context>
<context>
    <name>earmark::PredictionTable</name>
    <message>
        <source>cannot be read</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Prediction</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>置信度</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>时长</translation>
    </message>
</context>
<context>
    <name>earmark::ProjectFiles</name>
    <message>
        <source>Jobs are running</source>
        <translation>有任务正在进行</translation>
    </message>
    <message>
        <source>What runs in this project will stop. A training can be resumed later.</source>
        <translation>此项目中正在进行的任务会停止。训练之后可以继续。</translation>
    </message>
    <message>
        <source>Stop and go on</source>
        <translation>停止并继续</translation>
    </message>
    <message>
        <source>New project</source>
        <translation>新建项目</translation>
    </message>
    <message>
        <source>untitled</source>
        <translation>未命名</translation>
    </message>
    <message>
        <source>Earmark projects (*.earmark)</source>
        <translation>Earmark 项目 (*.earmark)</translation>
    </message>
    <message>
        <source>Open a project</source>
        <translation>打开项目</translation>
    </message>
    <message>
        <source>Import files</source>
        <translation>导入文件</translation>
    </message>
    <message>
        <source>Sounds and tables (*.wav *.flac *.mp3 *.ogg *.opus *.m4a *.aac *.aif *.aiff *.gsm *.sph *.csv *.tsv *.jsonl);;All files (*)</source>
        <translation>声音和表格 (*.wav *.flac *.mp3 *.ogg *.opus *.m4a *.aac *.aif *.aiff *.gsm *.sph *.csv *.tsv *.jsonl);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Import a folder</source>
        <translation>导入文件夹</translation>
    </message>
    <message>
        <source>The demo&apos;s recordings are being fetched; this takes a moment.</source>
        <translation>正在获取演示项目的录音，请稍候。</translation>
    </message>
    <message>
        <source>Remove from the list</source>
        <translation>从列表中移除</translation>
    </message>
    <message>
        <source>%1-copy</source>
        <comment>name of a file</comment>
        <translation>%1-副本</translation>
    </message>
    <message>
        <source>Save a copy of the project</source>
        <translation>保存项目的副本</translation>
    </message>
    <message>
        <source>Copy saved as “%1”.</source>
        <translation>副本已保存为“%1”。</translation>
    </message>
</context>
<context>
    <name>earmark::QueueBar</name>
    <message>
        <source>Clips with a label</source>
        <translation>有标签的片段</translation>
    </message>
    <message>
        <source>Choose and order the clips anew</source>
        <translation>重新选择并排列片段</translation>
    </message>
    <message>
        <source>Renew the queue</source>
        <translation>更新队列</translation>
    </message>
    <message>
        <source>Autoplay</source>
        <translation>自动播放</translation>
    </message>
    <message>
        <source>Play each clip as soon as it is there</source>
        <translation>片段一出现就播放</translation>
    </message>
    <message>
        <source>Go on by itself</source>
        <translation>自动前进</translation>
    </message>
    <message>
        <source>A label leads on to the next clip</source>
        <translation>给出标签后转到下一个片段</translation>
    </message>
    <message>
        <source>Order of the clips</source>
        <translation>片段的顺序</translation>
    </message>
    <message>
        <source>Without a label first</source>
        <translation>未标注的在前</translation>
    </message>
    <message>
        <source>Least certain first</source>
        <translation>最没把握的在前</translation>
    </message>
    <message>
        <source>Most suspicious label first</source>
        <translation>标签最可疑的在前</translation>
    </message>
    <message>
        <source>As in the table</source>
        <translation>与表格相同</translation>
    </message>
    <message>
        <source>In random order</source>
        <translation>随机顺序</translation>
    </message>
    <message>
        <source>By how sure the run was that is shown: what it doubts teaches it most</source>
        <translation>按所显示运行的置信度排列：它拿不准的，教给它最多</translation>
    </message>
    <message>
        <source>Clips whose label the run contradicts, beginning with those it is surest of</source>
        <translation>与该运行的预测不符的片段，从它最确定的开始</translation>
    </message>
    <message>
        <source>Which clips</source>
        <translation>哪些片段</translation>
    </message>
    <message numerus="yes">
        <source>%Ln labelled</source>
        <comment>clips of the queue</comment>
        <translation>
            <numerusform>已标注 %Ln 个</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>第 %1 个，共 %2 个</translation>
    </message>
    <message numerus="yes">
        <source>%Ln clip(s)</source>
        <translation>
            <numerusform>%Ln 个片段</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>place in the queue, clips labelled</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>The clip at hand is not among these.</source>
        <translation>当前片段不在其中。</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>what a button does (its keys)</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Undo: %1</source>
        <translation>撤销：%1</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Redo: %1</source>
        <translation>重做：%1</translation>
    </message>
    <message>
        <source>All clips</source>
        <translation>全部片段</translation>
    </message>
    <message>
        <source>Without a label</source>
        <translation>没有标签</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>不确定</translation>
    </message>
    <message>
        <source>Split “%1”</source>
        <translation>划分“%1”</translation>
    </message>
    <message>
        <source>This order needs a trained run that has looked at the clips. Train one, then test it on them.</source>
        <translation>这种顺序需要一次看过这些片段的训练运行。请先训练一次，再用这些片段测试它。</translation>
    </message>
</context>
<context>
    <name>earmark::Rail</name>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标注</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Predict</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>%1 (Ctrl+%2)</source>
        <comment>a page and its shortcut</comment>
        <translation>%1（Ctrl+%2）</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a job and how far it is</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>What was done</source>
        <translation>已做的任务</translation>
    </message>
    <message>
        <source>GPU</source>
        <translation>GPU</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Training and predictions are computed on the graphics card.</source>
        <translation>训练和预测在显卡上计算。</translation>
    </message>
    <message>
        <source>Training and predictions are computed on the processor.</source>
        <translation>训练和预测在处理器上计算。</translation>
    </message>
</context>
<context>
    <name>earmark::RecipeModel</name>
    <message>
        <source>Quick try</source>
        <translation>快速试跑</translation>
    </message>
    <message>
        <source>Two epochs on short clips: to see in minutes whether all is well</source>
        <translation>用短片段训练两轮：几分钟内看出是否一切正常</translation>
    </message>
    <message>
        <source>Standard fine-tune</source>
        <translation>标准微调</translation>
    </message>
    <message>
        <source>What works for most: the whole model learns, slowly</source>
        <translation>适合大多数情况：整个模型慢慢学习</translation>
    </message>
    <message>
        <source>Only the head</source>
        <translation>只训练分类头</translation>
    </message>
    <message>
        <source>The pretrained model stays as it is and only the last layers learn: fast, little memory, good for few clips</source>
        <translation>预训练模型保持不变，只有最后几层学习：快、省内存，适合片段很少时</translation>
    </message>
    <message>
        <source>Careful</source>
        <translation>稳妥</translation>
    </message>
    <message>
        <source>Many small steps, and an end when nothing gets better: slow, for the best result</source>
        <translation>许多小步，不再改善时结束：慢，但效果最好</translation>
    </message>
    <message>
        <source>Give a whole number from %1 to %2.</source>
        <translation>请输入 %1 到 %2 之间的整数。</translation>
    </message>
    <message>
        <source>Give a whole number of at least %1.</source>
        <translation>请输入不小于 %1 的整数。</translation>
    </message>
    <message>
        <source>Give a number from %1 to %2.</source>
        <translation>请输入 %1 到 %2 之间的数。</translation>
    </message>
    <message>
        <source>Give a number of at least %1.</source>
        <translation>请输入不小于 %1 的数。</translation>
    </message>
    <message>
        <source>Choose one of the list.</source>
        <translation>请从列表中选择一项。</translation>
    </message>
    <message>
        <source>Give a JSON object, such as {&quot;num_cycles&quot;: 2}.</source>
        <translation>请输入 JSON 对象，例如 {&quot;num_cycles&quot;: 2}。</translation>
    </message>
</context>
<context>
    <name>earmark::RecipePanel</name>
    <message>
        <source>Base model</source>
        <translation>基础模型</translation>
    </message>
    <message>
        <source>Clips</source>
        <translation>片段</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Choose another…</source>
        <translation>另选…</translation>
    </message>
    <message>
        <source>Nothing can be trained here yet</source>
        <translation>这里还没有可以训练的内容</translation>
    </message>
    <message>
        <source>Looking for models…</source>
        <translation>正在查找模型…</translation>
    </message>
    <message>
        <source>No model is chosen</source>
        <translation>没有选择模型</translation>
    </message>
    <message>
        <source>Preset of settings</source>
        <translation>设置的预设</translation>
    </message>
    <message>
        <source>All settings</source>
        <translation>全部设置</translation>
    </message>
    <message>
        <source>Show it</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Name of the run (optional)</source>
        <translation>运行名称（可选）</translation>
    </message>
    <message>
        <source>Name of the run</source>
        <translation>运行名称</translation>
    </message>
    <message>
        <source>Start training</source>
        <translation>开始训练</translation>
    </message>
    <message>
        <source>Starts now, or when the networks are free (%1)</source>
        <translation>立即开始，或在网络空闲时开始（%1）</translation>
    </message>
    <message>
        <source>Open a project to train a model on its clips.</source>
        <translation>打开一个项目，用其中的片段训练模型。</translation>
    </message>
    <message>
        <source>There are no labelled regions in the training split. Mark some on the Label page.</source>
        <translation>训练集中没有已标注的区域。请在标注页标出一些。</translation>
    </message>
    <message>
        <source>No clip of the training split has a label. Label some on the Label page.</source>
        <translation>训练集中没有带标签的片段。请在标注页标注一些。</translation>
    </message>
    <message>
        <source>Choose a base model.</source>
        <translation>请选择基础模型。</translation>
    </message>
    <message>
        <source>Models of this family cannot be trained. Choose another one.</source>
        <translation>这一族的模型不能训练。请另选一个。</translation>
    </message>
    <message>
        <source>“%1” is not right yet.</source>
        <translation>“%1”的值还不对。</translation>
    </message>
    <message numerus="yes">
        <source>Take back %n changes</source>
        <translation>
            <numerusform>撤回 %n 处更改</numerusform>
        </translation>
    </message>
    <message>
        <source>Steps: %1, %2 an epoch. Clips in each step: %3.</source>
        <translation>共 %1 步，每轮 %2 步。每步 %3 个片段。</translation>
    </message>
    <message>
        <source>What is trained, and how</source>
        <translation>训练什么，怎样训练</translation>
    </message>
    <message>
        <source>The clips are not divided yet.</source>
        <translation>片段还没有划分。</translation>
    </message>
    <message>
        <source>No clip of the training split has a number. Import a table that has some.</source>
        <translation>训练集中没有带数值的片段。请导入包含数值的表格。</translation>
    </message>
</context>
<context>
    <name>earmark::RegionOverlay</name>
    <message>
        <source>%1, %2</source>
        <comment>labels of a region</comment>
        <translation>%1，%2</translation>
    </message>
</context>
<context>
    <name>earmark::RegionTable</name>
    <message>
        <source>Start (s)</source>
        <translation>开始（秒）</translation>
    </message>
    <message>
        <source>End (s)</source>
        <translation>结束（秒）</translation>
    </message>
    <message>
        <source>Low (Hz)</source>
        <translation>最低（Hz）</translation>
    </message>
    <message>
        <source>High (Hz)</source>
        <translation>最高（Hz）</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>标签</translation>
    </message>
</context>
<context>
    <name>earmark::ReliabilityPlot</name>
    <message>
        <source>How often the model is right, by how sure it is</source>
        <translation>按确定程度，模型答对的比例</translation>
    </message>
    <message>
        <source> %</source>
        <comment>after a number</comment>
        <translation>%</translation>
    </message>
    <message>
        <source>How sure the model is</source>
        <translation>模型有多确定</translation>
    </message>
    <message>
        <source>How often it is right</source>
        <translation>它有多常正确</translation>
    </message>
    <message>
        <source>Between %1 and %2 sure: no clips</source>
        <translation>确定程度 %1 至 %2：没有片段</translation>
    </message>
    <message numerus="yes">
        <source>Between %1 and %2 sure: %Ln clip(s), %3 right</source>
        <translation>
            <numerusform>确定程度 %1 至 %2：%Ln 个片段，%3 正确</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>earmark::ReportDocument</name>
    <message>
        <source>Clips</source>
        <translation>片段</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>95 % interval (Wilson)</source>
        <translation>95% 区间（Wilson）</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 至 %2</translation>
    </message>
    <message>
        <source>Macro F1</source>
        <translation>宏平均 F1</translation>
    </message>
    <message>
        <source>Always the commonest label</source>
        <translation>总是回答最常见的标签</translation>
    </message>
    <message>
        <source>Expected calibration error</source>
        <translation>期望校准误差</translation>
    </message>
    <message>
        <source>Temperature that fits</source>
        <translation>拟合的温度</translation>
    </message>
    <message>
        <source>Calibration error with it</source>
        <translation>用该温度时的校准误差</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精确率</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>召回率</translation>
    </message>
    <message>
        <source>Clip</source>
        <translation>片段</translation>
    </message>
    <message>
        <source>Model says</source>
        <translation>模型判断</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>置信度</translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>另外 %Ln 个</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 tested on %2</source>
        <translation>%1 在%2上的测试</translation>
    </message>
    <message>
        <source>Confusion matrix</source>
        <translation>混淆矩阵</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Map of the clips</source>
        <translation>片段地图</translation>
    </message>
    <message>
        <source>Mistakes, the most confident first</source>
        <translation>错误，置信度最高的在前</translation>
    </message>
</context>
<context>
    <name>earmark::RunCurves</name>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <translation>梯度范数</translation>
    </message>
    <message>
        <source>Share of the validation clips that are labelled right</source>
        <translation>验证片段中答对的比例</translation>
    </message>
    <message>
        <source>How far each step goes</source>
        <translation>每一步走多远</translation>
    </message>
    <message>
        <source>How strongly the clips of a step pull at the model, before it is held back by max_grad_norm</source>
        <translation>一步中的片段对模型的拉动有多强，在 max_grad_norm 限制之前</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>平滑</translation>
    </message>
    <message>
        <source>Draws a running mean over the points, which stay faint behind it</source>
        <translation>在数据点上画出滑动平均，原来的点淡淡地留在后面</translation>
    </message>
    <message>
        <source>Logarithmic loss</source>
        <translation>对数损失</translation>
    </message>
    <message>
        <source>Step %1, epoch %2</source>
        <translation>第 %1 步，第 %2 轮</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>%1, training</source>
        <translation>%1，训练</translation>
    </message>
    <message>
        <source>How far the model&apos;s answers are from the labels: lower is better. Where the validation loss rises while the training loss falls, the model learns its clips by heart. Where runs are compared, the dashed curves are training losses.</source>
        <translation>模型的答案与标签相差多少：越低越好。如果训练损失下降而验证损失上升，模型就是在死记硬背。比较多次运行时，虚线是训练损失。</translation>
    </message>
    <message>
        <source>Loss (dashed: of training)</source>
        <translation>损失（虚线：训练）</translation>
    </message>
</context>
<context>
    <name>earmark::RunPanel</name>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Ends at the next step and keeps a checkpoint: the run can be resumed</source>
        <translation>在下一步结束并保留检查点：运行之后可以继续</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Goes on from the last checkpoint</source>
        <translation>从最后的检查点继续</translation>
    </message>
    <message>
        <source>Test it</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>用于预测</translation>
    </message>
    <message>
        <source>Progress of the run</source>
        <translation>运行进度</translation>
    </message>
    <message>
        <source>Remarks of the run</source>
        <translation>运行的说明</translation>
    </message>
    <message numerus="yes">
        <source>%n remarks</source>
        <translation>
            <numerusform>%n 条说明</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n runs compared</source>
        <translation>
            <numerusform>比较 %n 次运行</numerusform>
        </translation>
    </message>
    <message>
        <source>What differs in their settings stands below.</source>
        <translation>设置的不同之处列在下面。</translation>
    </message>
    <message numerus="yes">
        <source>Waiting: %n jobs before it</source>
        <translation>
            <numerusform>等待中：前面还有 %n 个任务</numerusform>
        </translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练中</translation>
    </message>
    <message>
        <source>Reading the model and the clips…</source>
        <translation>正在读取模型和片段…</translation>
    </message>
    <message>
        <source>step %1 of %2</source>
        <translation>第 %1 步，共 %2 步</translation>
    </message>
    <message>
        <source>epoch %1</source>
        <translation>第 %1 轮</translation>
    </message>
    <message>
        <source>%1 steps a second</source>
        <translation>每秒 %1 步</translation>
    </message>
    <message>
        <source>%1 a step</source>
        <translation>每步 %1</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>剩余 %1</translation>
    </message>
    <message>
        <source>%1 of memory</source>
        <translation>%1 内存</translation>
    </message>
    <message>
        <source>New run</source>
        <translation>新运行</translation>
    </message>
    <message>
        <source>Finished after %1; best at step %2</source>
        <translation>已完成，用时 %1；第 %2 步最佳</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Stopped at step %1</source>
        <translation>已停在第 %1 步</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>%1, from %2</source>
        <translation>%1，基于 %2</translation>
    </message>
    <message>
        <source>The folder of this run is gone: %1</source>
        <translation>这次运行的文件夹不见了：%1</translation>
    </message>
    <message>
        <source>Accuracy %1</source>
        <translation>准确率 %1</translation>
    </message>
    <message numerus="yes">
        <source>Of %Ln clips that it has not learnt from. With other clips of the same kind it would lie within the interval in 95 of 100 cases.</source>
        <translation>
            <numerusform>来自 %Ln 个没有学过的片段。换成同类的其他片段，100 次中有 95 次会落在这个区间内。</numerusform>
        </translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>No training is going on</source>
        <translation>没有正在进行的训练</translation>
    </message>
    <message>
        <source>Choose a base model and settings on the left and start one: its curves are drawn here while it learns. Those of an earlier run come with a click on it below.</source>
        <translation>在左侧选择基础模型和设置，然后开始训练：学习时曲线会画在这里。点击下面的运行，可以看到它的曲线。</translation>
    </message>
</context>
<context>
    <name>earmark::RunTableModel</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Base model</source>
        <translation>基础模型</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>开始时间</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Best step</source>
        <translation>最佳步</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>%1 % (%2 – %3)</source>
        <translation>%1%（%2 – %3）</translation>
    </message>
    <message>
        <source>On the clips it was tested on, with the 95 % interval</source>
        <translation>在测试片段上的准确率，附 95% 置信区间</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
</context>
<context>
    <name>earmark::RunsPanel</name>
    <message>
        <source>Earlier runs</source>
        <translation>以前的运行</translation>
    </message>
    <message>
        <source>Settings that differ</source>
        <translation>不同的设置</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Show curves</source>
        <translation>显示曲线</translation>
    </message>
    <message>
        <source>Also by a double click</source>
        <translation>双击也可以</translation>
    </message>
    <message>
        <source>Use its settings</source>
        <translation>使用它的设置</translation>
    </message>
    <message>
        <source>Puts the settings of this run into the recipe</source>
        <translation>把这次运行的设置填入训练设置</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Goes on from the last checkpoint</source>
        <translation>从最后的检查点继续</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>The run, its predictions and its folder</source>
        <translation>运行、它的预测和文件夹</translation>
    </message>
    <message>
        <source>Nothing has been trained yet.</source>
        <translation>还没有训练过。</translation>
    </message>
    <message>
        <source>Tick two to lay their curves over each other.</source>
        <translation>勾选两次运行，把曲线叠在一起比较。</translation>
    </message>
    <message>
        <source>No setting differs</source>
        <translation>没有不同的设置</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Delete run</source>
        <translation>删除运行</translation>
    </message>
    <message>
        <source>Delete the run “%1”?</source>
        <translation>删除运行“%1”？</translation>
    </message>
    <message>
        <source>Its model, checkpoints and predictions are lost. This frees %1 on the disk and cannot be undone.</source>
        <translation>它的模型、检查点和预测都会丢失。这会释放 %1 磁盘空间，且无法撤销。</translation>
    </message>
    <message>
        <source>Its predictions are lost; its folder is gone already. This cannot be undone.</source>
        <translation>它的预测会丢失；文件夹早已不在。此操作无法撤销。</translation>
    </message>
</context>
<context>
    <name>earmark::ScoreBars</name>
    <message>
        <source>Scores</source>
        <translation>分数</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>earmark::ScoreTimeline</name>
    <message>
        <source>Predictions over time</source>
        <translation>随时间的预测</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 至 %2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>earmark::SettingEditor</name>
    <message>
        <source>In Hugging Face: %1</source>
        <translation>在 Hugging Face 中：%1</translation>
    </message>
    <message>
        <source>Take back the change of %1</source>
        <translation>撤回对“%1”的更改</translation>
    </message>
    <message>
        <source>Changed: back to what the preset says</source>
        <translation>已更改：恢复为预设的值</translation>
    </message>
    <message>
        <source>As the model</source>
        <translation>按模型</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>Not set</source>
        <translation>未设置</translation>
    </message>
</context>
<context>
    <name>earmark::SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>The language changes when Earmark is started again.</source>
        <translation>重新启动 Earmark 后语言生效。</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>语言(&amp;L)</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>&amp;Colours</source>
        <translation>颜色(&amp;C)</translation>
    </message>
    <message>
        <source>Labelling</source>
        <translation>标注</translation>
    </message>
    <message>
        <source>&amp;Play a clip as soon as it is chosen</source>
        <translation>选中片段后立即播放(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Go to the next clip after a label</source>
        <translation>给出标签后转到下一个片段(&amp;G)</translation>
    </message>
    <message>
        <source>The project keeps who gave each label. This name stays on your disk like everything else.</source>
        <translation>项目会记录每个标签是谁给的。这个名字和其他内容一样，留在你的磁盘上。</translation>
    </message>
    <message>
        <source>&amp;Your name</source>
        <translation>你的名字(&amp;Y)</translation>
    </message>
    <message>
        <source>Computing</source>
        <translation>计算</translation>
    </message>
    <message>
        <source>The graphics card where there is one</source>
        <translation>有显卡时用显卡</translation>
    </message>
    <message>
        <source>The processor</source>
        <translation>处理器</translation>
    </message>
    <message>
        <source>The graphics card</source>
        <translation>显卡</translation>
    </message>
    <message>
        <source>&amp;Train and predict on</source>
        <translation>训练和预测使用(&amp;T)</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Processor &amp;cores</source>
        <translation>处理器核心数(&amp;C)</translation>
    </message>
    <message>
        <source>Cache</source>
        <translation>缓存</translation>
    </message>
    <message>
        <source> MB</source>
        <translation> MB</translation>
    </message>
    <message>
        <source>At &amp;most</source>
        <translation>上限(&amp;M)</translation>
    </message>
    <message>
        <source>Measuring…</source>
        <translation>正在测量…</translation>
    </message>
    <message>
        <source>&amp;Empty it</source>
        <translation>清空(&amp;E)</translation>
    </message>
    <message>
        <source>Pictures of sounds are made again when they are needed. No label and no model is in the cache.</source>
        <translation>声音的图像在需要时会重新生成。缓存中没有标签，也没有模型。</translation>
    </message>
    <message>
        <source>Holds now</source>
        <translation>目前占用</translation>
    </message>
</context>
<context>
    <name>earmark::SettingsList</name>
    <message>
        <source>No setting has these words.</source>
        <translation>没有设置包含这些词。</translation>
    </message>
    <message>
        <source>Search settings</source>
        <translation>搜索设置</translation>
    </message>
</context>
<context>
    <name>earmark::ShortcutsDialog</name>
    <message>
        <source>Everywhere</source>
        <translation>任何位置</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>快捷键</translation>
    </message>
</context>
<context>
    <name>earmark::SleepGuard</name>
    <message>
        <source>A job is running</source>
        <translation>有任务正在进行</translation>
    </message>
</context>
<context>
    <name>earmark::SoundEditor</name>
    <message>
        <source>Waveform with regions</source>
        <translation>波形和区域</translation>
    </message>
    <message>
        <source>Spectrogram with regions</source>
        <translation>语谱图和区域</translation>
    </message>
    <message>
        <source>Frequency bounds</source>
        <translation>频率范围</translation>
    </message>
    <message>
        <source>Regions drawn on the spectrogram have a lowest and a highest frequency (or hold Ctrl while drawing)</source>
        <translation>在语谱图上画出的区域带有最低和最高频率（也可以在拖动时按住 Ctrl）</translation>
    </message>
    <message>
        <source>Snap</source>
        <translation>吸附</translation>
    </message>
    <message>
        <source>What edges of regions are drawn to</source>
        <translation>区域边缘吸附到哪里</translation>
    </message>
    <message>
        <source>To other regions and the playhead</source>
        <translation>到其他区域和播放头</translation>
    </message>
    <message>
        <source>To zero crossings</source>
        <translation>到过零点</translation>
    </message>
    <message>
        <source>To the grid of the time axis</source>
        <translation>到时间轴的网格</translation>
    </message>
    <message>
        <source>Remove region</source>
        <translation>移除区域</translation>
    </message>
    <message>
        <source>Remove the region that is chosen (Del)</source>
        <translation>移除选中的区域（Del）</translation>
    </message>
    <message>
        <source>Regions</source>
        <translation>区域</translation>
    </message>
    <message>
        <source>A label key names this region. ← → move it, with Shift its end, with Ctrl its start.</source>
        <translation>按标签键给此区域命名。← → 移动它，加 Shift 移动结尾，加 Ctrl 移动开头。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s). Drag over the sound to draw another one.</source>
        <translation>
            <numerusform>%Ln 个区域。在声音上拖动可再画一个。</numerusform>
        </translation>
    </message>
    <message>
        <source>Drag over the sound to mark a region of it.</source>
        <translation>在声音上拖动，标出一个区域。</translation>
    </message>
</context>
<context>
    <name>earmark::SpectrogramMenu</name>
    <message>
        <source>Colours</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Blue to yellow</source>
        <translation>蓝到黄</translation>
    </message>
    <message>
        <source>Black to cream</source>
        <translation>黑到米白</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>灰度</translation>
    </message>
    <message>
        <source>Frequency axis</source>
        <translation>频率轴</translation>
    </message>
    <message>
        <source>Linear</source>
        <translation>线性</translation>
    </message>
    <message>
        <source>Mel (as the ear hears)</source>
        <translation>Mel（接近听觉）</translation>
    </message>
    <message>
        <source>Logarithmic (octaves)</source>
        <translation>对数（八度）</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>细节</translation>
    </message>
    <message>
        <source>Short moments</source>
        <translation>时间精细</translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation>均衡</translation>
    </message>
    <message>
        <source>Fine pitches</source>
        <translation>频率精细</translation>
    </message>
    <message>
        <source>Waveform</source>
        <translation>波形</translation>
    </message>
    <message>
        <source>Enlarge quiet sounds</source>
        <translation>放大轻微的声音</translation>
    </message>
    <message>
        <source>Loudness</source>
        <translation>响度</translation>
    </message>
    <message>
        <source> dB</source>
        <comment>after a number</comment>
        <translation> dB</translation>
    </message>
    <message>
        <source>Brightest at</source>
        <translation>最亮处</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>范围</translation>
    </message>
</context>
<context>
    <name>earmark::SpectrogramView</name>
    <message>
        <source>Spectrogram</source>
        <translation>语谱图</translation>
    </message>
    <message>
        <source>%1, %2 Hz</source>
        <extracomment>time and frequency under the pointer</extracomment>
        <translation>%1，%2 Hz</translation>
    </message>
    <message>
        <source>%1 Hz</source>
        <translation>%1 Hz</translation>
    </message>
    <message>
        <source>%1 kHz</source>
        <translation>%1 kHz</translation>
    </message>
</context>
<context>
    <name>earmark::SplitBanner</name>
    <message>
        <source>Divide again…</source>
        <translation>重新划分…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln clip(s) outside of training come from recordings that are also trained on. Tests will look better than the model is.</source>
        <translation>
            <numerusform>训练以外有 %Ln 个片段所属的录音也用于训练。测试结果会比模型的实际水平好看。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>earmark::SplitDialog</name>
    <message>
        <source>Keep each &amp;label&apos;s share the same in every split</source>
        <translation>每个标签在各部分中的比例保持一致(&amp;L)</translation>
    </message>
    <message>
        <source>Keep recordings together</source>
        <translation>让录音留在一起</translation>
    </message>
    <message>
        <source>Divide</source>
        <translation>划分</translation>
    </message>
    <message>
        <source>Divide the clips</source>
        <translation>划分片段</translation>
    </message>
    <message>
        <source>A model learns from the training clips. The validation clips choose its best state meanwhile, and the test clips, which it has never heard, tell how good it is.</source>
        <translation>模型从训练片段学习。其间用验证片段选出最佳状态，再用从未听过的测试片段说明它有多好。</translation>
    </message>
    <message>
        <source>&amp;Train</source>
        <translation>训练(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Validation</source>
        <translation>验证(&amp;V)</translation>
    </message>
    <message>
        <source>T&amp;est</source>
        <translation>测试(&amp;E)</translation>
    </message>
    <message>
        <source> %</source>
        <comment>after a number</comment>
        <translation>%</translation>
    </message>
    <message>
        <source>Clips that are kept together are all on one side, so that a model is never tested on what it has learned from</source>
        <translation>留在一起的片段都在同一边，这样模型就不会用学过的内容来测试</translation>
    </message>
    <message>
        <source>&amp;Keep together</source>
        <translation>留在一起(&amp;K)</translation>
    </message>
    <message>
        <source>Rare labels are then found in each split too (in scikit-learn: stratify)</source>
        <translation>这样，少见的标签在每一部分中也都有（scikit-learn 中的 stratify）</translation>
    </message>
    <message>
        <source>Clips of one recording</source>
        <translation>同一段录音的片段</translation>
    </message>
    <message>
        <source>Clips of one group, and clips cut from one file where they have none</source>
        <translation>同一分组的片段；没有分组时，从同一文件截出的片段</translation>
    </message>
    <message>
        <source>Clips of one group</source>
        <translation>同一分组的片段</translation>
    </message>
    <message>
        <source>Clips of one file</source>
        <translation>同一文件的片段</translation>
    </message>
    <message>
        <source>Clips of one folder</source>
        <translation>同一文件夹的片段</translation>
    </message>
    <message>
        <source>Clips with the same “%1”</source>
        <comment>a column</comment>
        <translation>“%1”相同的片段</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Where chance begins: the same seed gives the same division again (seed)</source>
        <translation>随机的起点：种子相同，划分就相同（seed）</translation>
    </message>
    <message>
        <source>Earmark&apos;s own</source>
        <translation>Earmark 自己的方法</translation>
    </message>
    <message>
        <source>The rows of Hugging Face datasets</source>
        <translation>与 Hugging Face datasets 相同的行</translation>
    </message>
    <message>
        <source>train_test_split(test_size, seed) of the datasets library, the same clips in the same order; validation by a second call on what is left. It keeps nothing together.</source>
        <translation>即 datasets 库的 train_test_split(test_size, seed)，片段和顺序都相同；验证部分由第二次调用从余下的片段中取得。它不会让任何片段留在一起。</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>高级</translation>
    </message>
    <message>
        <source>&amp;Seed</source>
        <translation>种子(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Method</source>
        <translation>方法(&amp;M)</translation>
    </message>
    <message>
        <source>Clips in each split</source>
        <translation>各部分的片段</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Reading the clips…</source>
        <translation>正在读取片段…</translation>
    </message>
    <message>
        <source>Give some of the clips to validation or test.</source>
        <translation>请把一部分片段分给验证或测试。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln clip(s) for validation or test come from recordings that are also trained on. The model would look better than it is.</source>
        <translation>
            <numerusform>验证或测试中有 %Ln 个片段所属的录音也用于训练。模型会显得比实际更好。</numerusform>
        </translation>
    </message>
    <message>
        <source>Going by groups and files, no recording is on both sides.</source>
        <translation>按分组和文件来看，没有录音同时在两边。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln clip(s) have nothing to be kept together by; each stands alone.</source>
        <translation>
            <numerusform>%Ln 个片段没有可以留在一起的依据，各自独立。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln excluded clip(s) are left out.</source>
        <translation>
            <numerusform>%Ln 个已排除的片段不参加划分。</numerusform>
        </translation>
    </message>
    <message>
        <source>Where a column says which recording or speaker a clip is from, keep together by that column.</source>
        <translation>如果有一列说明片段来自哪段录音或哪个说话人，请按该列留在一起。</translation>
    </message>
    <message>
        <source>No clip with this label is in this split</source>
        <translation>这一部分中没有此标签的片段</translation>
    </message>
    <message>
        <source>All clips</source>
        <translation>全部片段</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>clips and their share</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Without a label</source>
        <translation>没有标签</translation>
    </message>
    <message>
        <source>Pull the borders to change the sizes</source>
        <translation>拖动分界线可改变大小</translation>
    </message>
</context>
<context>
    <name>earmark::TestBar</name>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>选择模型</translation>
    </message>
    <message>
        <source>Choose clips</source>
        <translation>选择片段</translation>
    </message>
    <message>
        <source>Progress of the test</source>
        <translation>测试进度</translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation>模型(&amp;M)</translation>
    </message>
    <message>
        <source>tested &amp;on</source>
        <translation>测试数据(&amp;O)</translation>
    </message>
    <message>
        <source>Save report</source>
        <translation>保存报告</translation>
    </message>
    <message>
        <source>As a web page (HTML)…</source>
        <translation>保存为网页（HTML）…</translation>
    </message>
    <message>
        <source>As PDF…</source>
        <translation>保存为 PDF…</translation>
    </message>
    <message>
        <source>A line for each clip (CSV)…</source>
        <translation>每个片段一行（CSV）…</translation>
    </message>
    <message>
        <source>Choose a model folder…</source>
        <translation>选择模型文件夹…</translation>
    </message>
    <message numerus="yes">
        <source>%1 (%Ln clip(s))</source>
        <translation>
            <numerusform>%1（%Ln 个片段）</numerusform>
        </translation>
    </message>
    <message>
        <source>Another folder…</source>
        <translation>其他文件夹…</translation>
    </message>
    <message>
        <source>Another project…</source>
        <translation>其他项目…</translation>
    </message>
    <message>
        <source>Choose a model folder</source>
        <translation>选择模型文件夹</translation>
    </message>
    <message>
        <source>Choose a folder of labelled clips</source>
        <translation>选择已标注片段的文件夹</translation>
    </message>
    <message>
        <source>Choose a project</source>
        <translation>选择项目</translation>
    </message>
    <message>
        <source>Earmark projects (*.earmark)</source>
        <translation>Earmark 项目 (*.earmark)</translation>
    </message>
    <message>
        <source>Test again</source>
        <translation>再次测试</translation>
    </message>
    <message>
        <source>Waits for its turn</source>
        <translation>排队等待</translation>
    </message>
    <message>
        <source>Reading the clips</source>
        <translation>正在读取片段</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>剩余 %1</translation>
    </message>
    <message>
        <source>Loading the model</source>
        <translation>正在加载模型</translation>
    </message>
</context>
<context>
    <name>earmark::TestPage</name>
    <message>
        <source>Views of the result</source>
        <translation>结果的视图</translation>
    </message>
    <message>
        <source>Confusion matrix</source>
        <translation>混淆矩阵</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>置信度</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>地图</translation>
    </message>
    <message>
        <source>Choose a model folder…</source>
        <translation>选择模型文件夹…</translation>
    </message>
    <message>
        <source>“%1”, recognised</source>
        <translation>“%1”，识别正确</translation>
    </message>
    <message>
        <source>“%1”, taken for “%2”</source>
        <translation>“%1”，被当作“%2”</translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation>“%1”</translation>
    </message>
    <message>
        <source>Between %1 and %2 sure</source>
        <translation>确定程度 %1 至 %2</translation>
    </message>
    <message>
        <source>Less than %1 sure</source>
        <translation>确定程度低于 %1</translation>
    </message>
    <message>
        <source>The model listens</source>
        <translation>模型正在听</translation>
    </message>
    <message>
        <source>The result appears here as soon as it has heard all clips.</source>
        <translation>听完全部片段后，结果会立即显示在这里。</translation>
    </message>
    <message>
        <source>There is no model to test yet</source>
        <translation>还没有可以测试的模型</translation>
    </message>
    <message>
        <source>Train one on your labelled clips, or choose the folder of a model that exists.</source>
        <translation>用你标注的片段训练一个，或选择已有模型的文件夹。</translation>
    </message>
    <message>
        <source>Go to Train</source>
        <translation>转到训练页</translation>
    </message>
    <message>
        <source>Go to Data</source>
        <translation>转到数据页</translation>
    </message>
    <message>
        <source>On which clips?</source>
        <translation>用哪些片段？</translation>
    </message>
    <message>
        <source>Choose a split of this project above, or labelled clips in another folder or project. Clips that the model was trained on tell too good a story.</source>
        <translation>在上面选择本项目的一个划分，或其他文件夹、项目中已标注的片段。用训练过模型的片段来测试，结果会好得不真实。</translation>
    </message>
    <message>
        <source>Not tested yet</source>
        <translation>尚未测试</translation>
    </message>
    <message>
        <source>See what “%1” makes of these clips: %2.</source>
        <translation>看看“%1”如何判断这些片段：%2。</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>%1 on %2</source>
        <comment>a model and clips; name of a file</comment>
        <translation>%1 在%2上的测试</translation>
    </message>
    <message>
        <source>Save report</source>
        <translation>保存报告</translation>
    </message>
    <message>
        <source>The report is in %1.</source>
        <translation>报告保存在 %1。</translation>
    </message>
    <message>
        <source>Web pages (*.html)</source>
        <translation>网页 (*.html)</translation>
    </message>
    <message>
        <source>PDF documents (*.pdf)</source>
        <translation>PDF 文档 (*.pdf)</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
</context>
<context>
    <name>earmark::TestedClips</name>
    <message>
        <source>(unknown to the model)</source>
        <translation>（模型不认识）</translation>
    </message>
    <message>
        <source>Clip</source>
        <translation>片段</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Model says</source>
        <translation>模型判断</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>置信度</translation>
    </message>
</context>
<context>
    <name>earmark::TimeAxis</name>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Drag to move along, turn the wheel to zoom, double-click to see all</source>
        <translation>拖动可移动，滚动滚轮可缩放，双击可查看全部</translation>
    </message>
</context>
<context>
    <name>earmark::TrainPage</name>
    <message>
        <source>Halve the batch and start again</source>
        <translation>批大小减半并重新开始</translation>
    </message>
    <message>
        <source>Learn ten times slower and start again</source>
        <translation>学习率降为十分之一并重新开始</translation>
    </message>
    <message>
        <source>Look at the clips</source>
        <translation>查看片段</translation>
    </message>
    <message>
        <source>Run %1</source>
        <translation>运行 %1</translation>
    </message>
</context>
<context>
    <name>earmark::WaveformView</name>
    <message>
        <source>Waveform</source>
        <translation>波形</translation>
    </message>
    <message>
        <source>%1×</source>
        <comment>enlarged</comment>
        <translation>%1×</translation>
    </message>
</context>
<context>
    <name>earmark::Welcome</name>
    <message>
        <source>Recent projects</source>
        <translation>最近的项目</translation>
    </message>
    <message>
        <source>Welcome to Earmark</source>
        <translation>欢迎使用 Earmark</translation>
    </message>
    <message>
        <source>Label recordings, teach a network to tell them apart, and listen to what it gets wrong. Everything stays on this computer.</source>
        <translation>为录音打标签，教网络区分它们，再听听它答错的录音。一切都留在这台电脑上。</translation>
    </message>
    <message>
        <source>New project…</source>
        <translation>新建项目…</translation>
    </message>
    <message>
        <source>An empty project, to import recordings into (Ctrl+N)</source>
        <translation>新建空项目，然后导入录音（Ctrl+N）</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>打开…</translation>
    </message>
    <message>
        <source>A project that you have (Ctrl+O)</source>
        <translation>打开已有的项目（Ctrl+O）</translation>
    </message>
    <message>
        <source>Demo project</source>
        <translation>演示项目</translation>
    </message>
    <message>
        <source>Telephone prompts in five languages: which one is spoken?</source>
        <translation>五种语言的电话提示音：说的是哪种语言？</translation>
    </message>
    <message>
        <source>Or drop a folder of recordings here: the name of each folder inside becomes a label.</source>
        <translation>也可以把录音文件夹拖到这里：其中每个文件夹的名称成为一个标签。</translation>
    </message>
    <message>
        <source>%1   %2</source>
        <comment>a project&apos;s name and folder</comment>
        <translation>%1   %2</translation>
    </message>
</context>
<context>
    <name>earmark::errors</name>
    <message>
        <source>Earmark itself is at fault. Please report this, with the details.</source>
        <translation>这是 Earmark 自身的错误。请附上详细信息报告此问题。</translation>
    </message>
    <message>
        <source>What was asked for does not fit together. Change it and try again.</source>
        <translation>所要求的内容互相矛盾。请更改后重试。</translation>
    </message>
    <message>
        <source>%1 exists already. Choose another name.</source>
        <translation>%1 已经存在。请另选名称。</translation>
    </message>
    <message>
        <source>The output exists already. Choose another name.</source>
        <translation>输出已经存在。请另选名称。</translation>
    </message>
    <message>
        <source>There is no file or folder %1. It may have been moved, renamed or deleted.</source>
        <translation>没有文件或文件夹 %1。它可能已被移动、重命名或删除。</translation>
    </message>
    <message>
        <source>A file or folder is not there any more.</source>
        <translation>有文件或文件夹已不在原处。</translation>
    </message>
    <message>
        <source>%1 cannot be read. Check that you may read it and that it is the right file.</source>
        <translation>无法读取 %1。请确认你有读取权限，并且文件没有选错。</translation>
    </message>
    <message>
        <source>A file cannot be read. Check that you may read it.</source>
        <translation>有文件无法读取。请确认你有读取权限。</translation>
    </message>
    <message>
        <source>%1 cannot be written. Choose a folder that you may write to.</source>
        <translation>无法写入 %1。请选择你可以写入的文件夹。</translation>
    </message>
    <message>
        <source>A file cannot be written. Choose a folder that you may write to.</source>
        <translation>有文件无法写入。请选择你可以写入的文件夹。</translation>
    </message>
    <message>
        <source>The disk is full. Nothing that was there before is lost; make room and try again.</source>
        <translation>磁盘已满。原有内容没有丢失；请腾出空间后重试。</translation>
    </message>
    <message>
        <source>%1 holds nothing that can be heard. Check that it is an audio or video file and that it is whole.</source>
        <translation>%1 中没有可以听到的声音。请确认它是完整的音频或视频文件。</translation>
    </message>
    <message>
        <source>The file holds nothing that can be heard.</source>
        <translation>文件中没有可以听到的声音。</translation>
    </message>
    <message>
        <source>%1 holds no sound in the chosen range.</source>
        <translation>%1 在所选范围内没有声音。</translation>
    </message>
    <message>
        <source>The file holds no sound in the chosen range.</source>
        <translation>文件在所选范围内没有声音。</translation>
    </message>
    <message>
        <source>%1 is shorter than the model can take. Leave it out, or choose a longer range.</source>
        <translation>%1 短于模型所能接受的长度。请略去它，或选择更长的范围。</translation>
    </message>
    <message>
        <source>The clip is shorter than the model can take. Leave it out, or choose a longer range.</source>
        <translation>片段短于模型所能接受的长度。请略去它，或选择更长的范围。</translation>
    </message>
    <message>
        <source>%1 contains samples that are no numbers. Export it again from the program that made it.</source>
        <translation>%1 含有不是数字的采样值。请用制作它的程序重新导出。</translation>
    </message>
    <message>
        <source>The sound contains samples that are no numbers. Export it again from the program that made it.</source>
        <translation>声音含有不是数字的采样值。请用制作它的程序重新导出。</translation>
    </message>
    <message>
        <source>%1 is in a format, sample rate or channel layout that cannot be read. Convert it to WAV or FLAC.</source>
        <translation>%1 的格式、采样率或声道布局无法读取。请转换为 WAV 或 FLAC。</translation>
    </message>
    <message>
        <source>This format, sample rate or channel layout cannot be read.</source>
        <translation>无法读取这种格式、采样率或声道布局。</translation>
    </message>
    <message>
        <source>There is no microphone that can be used. Connect one, or look in the desktop&apos;s sound settings whether another program uses it.</source>
        <translation>没有可用的麦克风。请连接一个，或在桌面的声音设置中查看是否有其他程序正在使用它。</translation>
    </message>
    <message>
        <source>The report %1 cannot be read. Test the model again.</source>
        <translation>无法读取报告 %1。请重新测试模型。</translation>
    </message>
    <message>
        <source>The report of this run cannot be read. Test the model again.</source>
        <translation>无法读取这次运行的报告。请重新测试模型。</translation>
    </message>
    <message>
        <source>%1 is not an Earmark project.</source>
        <translation>%1 不是 Earmark 项目。</translation>
    </message>
    <message>
        <source>The file is not an Earmark project.</source>
        <translation>此文件不是 Earmark 项目。</translation>
    </message>
    <message>
        <source>The project %1 was written by a newer Earmark. Update Earmark to open it.</source>
        <translation>项目 %1 由更新版本的 Earmark 写成。请更新 Earmark 后再打开。</translation>
    </message>
    <message>
        <source>The project was written by a newer Earmark. Update Earmark to open it.</source>
        <translation>此项目由更新版本的 Earmark 写成。请更新 Earmark 后再打开。</translation>
    </message>
    <message>
        <source>The project %1 is being changed by %2. Close it there to change it here.</source>
        <translation>%2 正在更改项目 %1。请先在那里关闭它，才能在这里更改。</translation>
    </message>
    <message>
        <source>Another program is at work on %1. Stop it there, then try again.</source>
        <translation>另一个程序正在处理 %1。请先在那里停止，然后重试。</translation>
    </message>
    <message>
        <source>Another program is changing the project. Close it there, then try again.</source>
        <translation>另一个程序正在更改此项目。请先在那里关闭它，然后重试。</translation>
    </message>
    <message>
        <source>The project %1 cannot be changed where it lies. Copy it to a folder that you may write to.</source>
        <translation>项目 %1 在所在位置不能更改。请把它复制到你可以写入的文件夹。</translation>
    </message>
    <message>
        <source>The project cannot be changed where it lies. Copy it to a folder that you may write to.</source>
        <translation>此项目在所在位置不能更改。请把它复制到你可以写入的文件夹。</translation>
    </message>
    <message>
        <source>The project %1 is damaged. Take a copy from your backup.</source>
        <translation>项目 %1 已损坏。请从备份中取回。</translation>
    </message>
    <message>
        <source>The project is damaged. Take a copy from your backup.</source>
        <translation>项目已损坏。请从备份中取回。</translation>
    </message>
    <message>
        <source>This change cannot be made: what it is about is not there any more, or a value is out of range.</source>
        <translation>无法进行此更改：要更改的对象已不存在，或值超出范围。</translation>
    </message>
    <message>
        <source>There is nothing to import in %1. Choose a folder with sound files, or a table.</source>
        <translation>%1 中没有可以导入的内容。请选择有声音文件的文件夹，或表格。</translation>
    </message>
    <message>
        <source>Nothing that can be imported was found. Choose a folder with sound files, or a table.</source>
        <translation>没有找到可以导入的内容。请选择有声音文件的文件夹，或表格。</translation>
    </message>
    <message>
        <source>%1 has no column “%2”.</source>
        <translation>%1 没有“%2”列。</translation>
    </message>
    <message>
        <source>The table lacks a column that was asked for.</source>
        <translation>表格缺少所需的一列。</translation>
    </message>
    <message>
        <source>%1 cannot be read as a table: something is wrong in line %2.</source>
        <translation>%1 无法作为表格读取：第 %2 行有错误。</translation>
    </message>
    <message>
        <source>%1 cannot be read as a table. Save it as CSV, TSV or JSONL, in UTF-8.</source>
        <translation>%1 无法作为表格读取。请用 UTF-8 保存为 CSV、TSV 或 JSONL。</translation>
    </message>
    <message>
        <source>The table cannot be read. Save it as CSV, TSV or JSONL, in UTF-8.</source>
        <translation>无法读取表格。请用 UTF-8 保存为 CSV、TSV 或 JSONL。</translation>
    </message>
    <message>
        <source>The clips cannot be divided as asked. Choose other sizes, or add clips.</source>
        <translation>无法按要求划分片段。请选择其他大小，或添加片段。</translation>
    </message>
    <message>
        <source>There is no setting “%1”; “%2” may be meant.</source>
        <translation>没有设置“%1”；也许是指“%2”。</translation>
    </message>
    <message>
        <source>There is no setting “%1”.</source>
        <translation>没有设置“%1”。</translation>
    </message>
    <message>
        <source>There is no setting of this name.</source>
        <translation>没有这个名称的设置。</translation>
    </message>
    <message>
        <source>“%1” does not fit the setting “%2”, which takes: %3.</source>
        <translation>“%1”不适合设置“%2”，它接受：%3。</translation>
    </message>
    <message>
        <source>The value of the setting “%1” does not fit.</source>
        <translation>设置“%1”的值不合适。</translation>
    </message>
    <message>
        <source>The value does not fit the setting.</source>
        <translation>该值不适合此设置。</translation>
    </message>
    <message>
        <source>%1 is not a model folder. Choose one that holds config.json and the weights.</source>
        <translation>%1 不是模型文件夹。请选择含有 config.json 和权重的文件夹。</translation>
    </message>
    <message>
        <source>There is no such model. Choose a preset, or a folder that holds config.json and the weights.</source>
        <translation>没有这个模型。请选择预设，或含有 config.json 和权重的文件夹。</translation>
    </message>
    <message>
        <source>The description of the model in %1 cannot be used. Get the model folder again.</source>
        <translation>%1 中的模型描述无法使用。请重新获取该模型文件夹。</translation>
    </message>
    <message>
        <source>The description of the model cannot be used. Get the model folder again.</source>
        <translation>模型描述无法使用。请重新获取该模型文件夹。</translation>
    </message>
    <message>
        <source>The model in %1 is of a kind that Earmark does not compute. Choose another.</source>
        <translation>%1 中的模型属于 Earmark 不能计算的种类。请另选一个。</translation>
    </message>
    <message>
        <source>The model is of a kind that Earmark does not compute. Choose another.</source>
        <translation>该模型属于 Earmark 不能计算的种类。请另选一个。</translation>
    </message>
    <message>
        <source>The weights in %1 are damaged, cut short or of another model. Get them again.</source>
        <translation>%1 中的权重已损坏、不完整或属于其他模型。请重新获取。</translation>
    </message>
    <message>
        <source>The weights are damaged, cut short or of another model. Get them again.</source>
        <translation>权重已损坏、不完整或属于其他模型。请重新获取。</translation>
    </message>
    <message>
        <source>The weights in %1 ask to run a program; it was not run. Get the model as safetensors.</source>
        <translation>%1 中的权重要求运行程序；程序没有运行。请改用 safetensors 格式的模型。</translation>
    </message>
    <message>
        <source>The weights ask to run a program; it was not run. Get the model as safetensors.</source>
        <translation>权重要求运行程序；程序没有运行。请改用 safetensors 格式的模型。</translation>
    </message>
    <message>
        <source>LibTorch, which computes the networks, could not be opened. Labelling works without it.</source>
        <translation>无法打开计算网络所用的 LibTorch。没有它也能标注。</translation>
    </message>
    <message>
        <source>The device “%1” is not there. Choose another in the settings.</source>
        <translation>设备“%1”不存在。请在设置中另选一个。</translation>
    </message>
    <message>
        <source>The device that was asked for is not there. Choose another in the settings.</source>
        <translation>所要求的设备不存在。请在设置中另选一个。</translation>
    </message>
    <message>
        <source>Memory ran out. A smaller batch with accumulation may fit, or shorter clips.</source>
        <translation>内存不足。减小批大小并使用累积，或缩短片段，也许就能放下。</translation>
    </message>
    <message>
        <source>No clip can be trained on. Label some clips and divide them into training and test.</source>
        <translation>没有可以用来训练的片段。请标注一些片段，并划分为训练和测试。</translation>
    </message>
    <message>
        <source>The labels do not fit the model or the task.</source>
        <translation>标签与模型或任务不符。</translation>
    </message>
    <message>
        <source>%1 is longer than the longest clip that the settings allow. Raise that limit, or let long clips be cut.</source>
        <translation>%1 超过设置允许的最长片段。请提高上限，或允许截短长片段。</translation>
    </message>
    <message>
        <source>A clip is longer than the settings allow. Raise that limit, or let long clips be cut.</source>
        <translation>有片段超过设置允许的长度。请提高上限，或允许截短长片段。</translation>
    </message>
    <message>
        <source>The run cannot go on: it left no checkpoint, or its data or settings have changed. Start a new one.</source>
        <translation>运行无法继续：没有留下检查点，或数据、设置已更改。请开始新的运行。</translation>
    </message>
    <message>
        <source>The loss is no longer a number. Try a smaller learning rate.</source>
        <translation>损失不再是数字。请尝试更小的学习率。</translation>
    </message>
    <message>
        <source>Open again</source>
        <translation>重新打开</translation>
    </message>
    <message>
        <source>Import other files…</source>
        <translation>导入其他文件…</translation>
    </message>
    <message>
        <source>Show the data</source>
        <translation>查看数据</translation>
    </message>
    <message>
        <source>Label clips</source>
        <translation>标注片段</translation>
    </message>
    <message>
        <source>Show the training settings</source>
        <translation>查看训练设置</translation>
    </message>
    <message>
        <source>Use the processor</source>
        <translation>使用处理器</translation>
    </message>
    <message>
        <source>Empty the cache</source>
        <translation>清空缓存</translation>
    </message>
    <message>
        <source>How to set it up</source>
        <translation>如何安装</translation>
    </message>
    <message>
        <source>Save a copy…</source>
        <translation>保存副本…</translation>
    </message>
    <message>
        <source>%1 is too short for its text.</source>
        <translation>%1 太短，容不下它的转写文本。</translation>
    </message>
    <message>
        <source>A clip is too short for its text.</source>
        <translation>有片段太短，容不下它的转写文本。</translation>
    </message>
    <message>
        <source>The model in %1 gives several labels a clip, or numbers, which this page does not show. earmark-cli tests it and applies it.</source>
        <translation>%1 中的模型为每个片段给出多个标签或数值，此页不显示。可用 earmark-cli 测试和使用它。</translation>
    </message>
    <message>
        <source>The model gives several labels a clip, or numbers, which this page does not show. earmark-cli tests it and applies it.</source>
        <translation>该模型为每个片段给出多个标签或数值，此页不显示。可用 earmark-cli 测试和使用它。</translation>
    </message>
</context>
<context>
    <name>earmark::remarks</name>
    <message>
        <source>%1 is cut short: it ends at %2 s instead of %3 s.</source>
        <translation>%1 不完整：在 %2 秒处结束，而不是 %3 秒。</translation>
    </message>
    <message>
        <source>%1 is damaged: pieces of it could not be decoded (%2).</source>
        <translation>%1 已损坏：有部分内容无法解码（%2 处）。</translation>
    </message>
    <message>
        <source>%1 changes its sample rate or channels on the way; what follows was left out.</source>
        <translation>%1 的采样率或声道数中途改变；之后的内容未使用。</translation>
    </message>
    <message>
        <source>Newly made, not in the base: %1.</source>
        <translation>新建、基础模型中没有的部分：%1。</translation>
    </message>
    <message>
        <source>Of the base, not used: %1.</source>
        <translation>基础模型中未使用的部分：%1。</translation>
    </message>
    <message>
        <source>The model was saved as %1, a head that Earmark does not compute; its base model is used.</source>
        <translation>该模型保存为 %1，Earmark 不能计算这种输出头；使用的是它的基础模型。</translation>
    </message>
    <message>
        <source>The model knows other labels than the data: its output layer is made anew.</source>
        <translation>模型的标签与数据不同：输出层重新建立。</translation>
    </message>
    <message>
        <source>Parameters with names of older versions were given today&apos;s names.</source>
        <translation>旧版本名称的参数已换成现在的名称。</translation>
    </message>
    <message>
        <source>The weights are those of a base model; the head is new.</source>
        <translation>权重来自基础模型；输出头是新的。</translation>
    </message>
    <message>
        <source>The weights include a head, which is not used.</source>
        <translation>权重中包含输出头，基础模型不使用它。</translation>
    </message>
    <message>
        <source>The model&apos;s input is fixed: longer clips are cut after %1 s, shorter ones filled up.</source>
        <translation>模型的输入长度固定：较长的片段在 %1 秒后截断，较短的会补足。</translation>
    </message>
    <message>
        <source>%1 is %2 s long; the model reads its first %3 s alone. Listen in windows to hear all of it.</source>
        <translation>%1 长 %2 秒；模型只听前 %3 秒。要听完整，请按窗口聆听。</translation>
    </message>
    <message>
        <source>The window is longer than the model&apos;s input: it hears the first %1 s of each window.</source>
        <translation>窗口比模型的输入更长：每个窗口只听前 %1 秒。</translation>
    </message>
    <message>
        <source>With label smoothing, transformers 4.57 leaves this class&apos;s loss undivided over an accumulation group; Earmark divides it by the group&apos;s clips, as without smoothing.</source>
        <translation>使用标签平滑时，transformers 4.57 不会把这类模型的损失按累积组平均；Earmark 会除以组内片段数，与不使用平滑时一样。</translation>
    </message>
    <message>
        <source>Clips of the training set that were left out: %1.</source>
        <translation>训练集中未使用的片段：%1 个。</translation>
    </message>
    <message>
        <source>Clips of the validation set that were left out: %1.</source>
        <translation>验证集中未使用的片段：%1 个。</translation>
    </message>
    <message>
        <source>A clip can no longer be read and is left out of its batch.</source>
        <translation>有一个片段已无法读取，从所在批次中略去。</translation>
    </message>
    <message>
        <source>A clip was left out of the report.</source>
        <translation>有一个片段未列入报告。</translation>
    </message>
    <message>
        <source>Stopped before all clips of the report were classified: there is no report. The Test page makes one.</source>
        <translation>在报告的所有片段分类完之前已停止：没有报告。可在“测试”页生成。</translation>
    </message>
    <message>
        <source>The best checkpoint, %1, is gone: the model is that of the last step.</source>
        <translation>最佳检查点 %1 已不存在：模型取自最后一步。</translation>
    </message>
    <message>
        <source>The run is not recorded in the project.</source>
        <translation>这次运行没有记录到项目中。</translation>
    </message>
    <message>
        <source>The run&apos;s end is not recorded in the project.</source>
        <translation>这次运行的结束没有记录到项目中。</translation>
    </message>
    <message>
        <source>Clips without a label that are left out: %1.</source>
        <translation>没有标签而未使用的片段：%1 个。</translation>
    </message>
    <message>
        <source>The model does not know %1; clips with such a label count as wrong.</source>
        <translation>模型不认识 %1；带有这种标签的片段算作错误。</translation>
    </message>
    <message>
        <source>Files that are not sound by their suffix were passed by: %1.</source>
        <translation>按后缀看不是声音的文件已略过：%1。</translation>
    </message>
    <message>
        <source>The folder holds the table %1, which was not read; import it by itself to use it.</source>
        <translation>文件夹中有表格 %1，没有读取；要使用它，请单独导入。</translation>
    </message>
    <message>
        <source>Columns used: %1.</source>
        <translation>使用的列：%1。</translation>
    </message>
    <message>
        <source>The group pattern %1 does not match the paths of all clips: %2 of %3 have no group.</source>
        <translation>分组模式 %1 没有匹配所有片段的路径：%3 个中有 %2 个没有分组。</translation>
    </message>
    <message>
        <source>None of the ten usual commands is there: every word is kept under its own name.</source>
        <translation>没有那十个常用命令词：每个词都保留自己的名称。</translation>
    </message>
    <message>
        <source>Neither validation_list.txt nor testing_list.txt is there: everything but noise is for training.</source>
        <translation>没有 validation_list.txt，也没有 testing_list.txt：除噪声外全部用于训练。</translation>
    </message>
    <message>
        <source>Duplicates that have other labels than the clip they repeat: %1.</source>
        <translation>与所重复的片段标签不同的重复文件：%1 个。</translation>
    </message>
    <message>
        <source>The model has no vocabulary of its own: its output layer is made anew for the characters of the data.</source>
        <translation>模型没有自己的词表：输出层按数据中的字符重新生成。</translation>
    </message>
    <message>
        <source>The weights include a decoder, which is not used: the encoder alone hears.</source>
        <translation>权重中包含解码器，但不会用到：只有编码器在听。</translation>
    </message>
    <message>
        <source>The vocabulary lacks %1: the network learns them as unknown. The settings for the case of transcripts and for characters to leave out change what it is given.</source>
        <translation>词表中没有 %1：网络会把它们当作未知字符来学习。可通过“转写文本的大小写”和“要略去的字符”两项设置改变输入。</translation>
    </message>
    <message>
        <source>Clips without a transcript that are left out: %1.</source>
        <translation>没有转写文本而未计入的片段：%1。</translation>
    </message>
    <message>
        <source>Clips that are in no split and were left out: %1.</source>
        <translation>不属于任何划分而被略去的片段：%1。</translation>
    </message>
    <message>
        <source>A clip was left out.</source>
        <translation>有一个片段被略去。</translation>
    </message>
    <message>
        <source>Clips that do not have all of the numbers %1 are left out: %2.</source>
        <translation>缺少数值 %1 中某一项的片段未被采用：%2。</translation>
    </message>
    <message>
        <source>The base learnt several labels a clip, and so does this run.</source>
        <translation>基础模型学的是每个片段多个标签，本次运行也一样。</translation>
    </message>
    <message>
        <source>The base learnt numbers, and so does this run.</source>
        <translation>基础模型学的是数值，本次运行也一样。</translation>
    </message>
    <message>
        <source>Numbers that are other ones than an earlier row has for the same clip, which was kept: %1.</source>
        <translation>与同一片段前面的行不同的数值（保留了前面的）：%1。</translation>
    </message>
    <message>
        <source>%1 is %2 s long; the model hears %3 s of it, from a place drawn at random, which is the same every time.</source>
        <translation>%1 长 %2 秒；模型只听其中的 %3 秒，起点随机选取，但每次都相同。</translation>
    </message>
</context>
<context>
    <name>earmark::text</name>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 分 %2 秒</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 小时 %2 分</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1%</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 分钟</translation>
    </message>
</context>
<context>
    <name>earmark::undo</name>
    <message numerus="yes">
        <source>Label %n clip(s)</source>
        <translation>
            <numerusform>标注 %n 个片段</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Add a label to %n clip(s)</source>
        <translation>
            <numerusform>给 %n 个片段添加标签</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Take a label off %n clip(s)</source>
        <translation>
            <numerusform>从 %n 个片段去掉标签</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Mark %n clip(s)</source>
        <translation>
            <numerusform>标记 %n 个片段</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Group %n clip(s)</source>
        <translation>
            <numerusform>给 %n 个片段分组</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Add %n clip(s)</source>
        <translation>
            <numerusform>添加 %n 个片段</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Remove %n clip(s)</source>
        <translation>
            <numerusform>移除 %n 个片段</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Set a number of %n clip(s)</source>
        <translation>
            <numerusform>设置 %n 个片段的数值</numerusform>
        </translation>
    </message>
    <message>
        <source>Change a transcript</source>
        <translation>更改转写</translation>
    </message>
    <message>
        <source>Change a note</source>
        <translation>更改备注</translation>
    </message>
    <message>
        <source>Add a region</source>
        <translation>添加区域</translation>
    </message>
    <message>
        <source>Change a region</source>
        <translation>更改区域</translation>
    </message>
    <message>
        <source>Remove a region</source>
        <translation>移除区域</translation>
    </message>
    <message>
        <source>Change the label set</source>
        <translation>更改标签集</translation>
    </message>
    <message>
        <source>Divide the clips</source>
        <translation>划分片段</translation>
    </message>
    <message numerus="yes">
        <source>Move %n clip(s) to another split</source>
        <translation>
            <numerusform>把 %n 个片段移到另一划分</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Relocate %n file(s)</source>
        <translation>
            <numerusform>重新定位 %n 个文件</numerusform>
        </translation>
    </message>
    <message>
        <source>Merge two labels</source>
        <translation>合并两个标签</translation>
    </message>
    <message numerus="yes">
        <source>Import %n clip(s)</source>
        <translation>
            <numerusform>导入 %n 个片段</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>recipe</name>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Optimiser</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>学习率调度</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Augmentation</source>
        <translation>数据增强</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Evaluation</source>
        <translation>评估</translation>
    </message>
    <message>
        <source>Saving</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>轮数</translation>
    </message>
    <message>
        <source>How many times the training clips are gone through</source>
        <translation>训练片段要学多少遍</translation>
    </message>
    <message>
        <source>Steps at most</source>
        <translation>最多步数</translation>
    </message>
    <message>
        <source>Where above 0: the number of optimiser steps, instead of num_train_epochs</source>
        <translation>大于 0 时：优化器的步数，代替 num_train_epochs</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>批大小</translation>
    </message>
    <message>
        <source>Clips in a training batch</source>
        <translation>一个训练批中的片段数</translation>
    </message>
    <message>
        <source>Batches for one step</source>
        <translation>累积批数</translation>
    </message>
    <message>
        <source>Batches whose gradients are summed for one optimiser step</source>
        <translation>多少个批的梯度相加后，优化器走一步</translation>
    </message>
    <message>
        <source>Label smoothing</source>
        <translation>标签平滑</translation>
    </message>
    <message>
        <source>Share of each label&apos;s weight that is spread over all labels</source>
        <translation>每个标签的权重分给所有标签的比例</translation>
    </message>
    <message>
        <source>Weights of labels</source>
        <translation>标签权重</translation>
    </message>
    <message>
        <source>Earmark&apos;s own: balanced weighs each label&apos;s loss by how rare it is, n / (labels * count)</source>
        <translation>Earmark 独有：balanced 按标签的稀少程度加权其损失，n / (标签数 * 片段数)</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Seed of everything that is drawn: new weights, order of clips, dropout, crops, masks</source>
        <translation>一切随机抽取的种子：新权重、片段顺序、Dropout、截取、掩码</translation>
    </message>
    <message>
        <source>Seed of the order</source>
        <translation>顺序的种子</translation>
    </message>
    <message>
        <source>Seed of the order of clips alone; seed where not set</source>
        <translation>只用于片段顺序的种子；未设置时用 seed</translation>
    </message>
    <message>
        <source>16-bit floats</source>
        <translation>16 位浮点数</translation>
    </message>
    <message>
        <source>Mixed precision with 16-bit floats and a gradient scaler (CUDA)</source>
        <translation>使用 16 位浮点数和梯度缩放的混合精度（CUDA）</translation>
    </message>
    <message>
        <source>bfloat16</source>
        <translation>bfloat16</translation>
    </message>
    <message>
        <source>Mixed precision with bfloat16</source>
        <translation>使用 bfloat16 的混合精度</translation>
    </message>
    <message>
        <source>TF32</source>
        <translation>TF32</translation>
    </message>
    <message>
        <source>Let CUDA multiply float32 in the shorter TF32 form; LibTorch&apos;s default where not set</source>
        <translation>让 CUDA 以较短的 TF32 形式相乘 float32；未设置时用 LibTorch 的默认值</translation>
    </message>
    <message>
        <source>Save memory, take time</source>
        <translation>省内存，多费时间</translation>
    </message>
    <message>
        <source>Compute activations again in the backward pass: less memory, more time</source>
        <translation>反向传播时重新计算激活：内存更少，时间更长</translation>
    </message>
    <message>
        <source>Keep the front end</source>
        <translation>冻结前端</translation>
    </message>
    <message>
        <source>Keep the convolutions that read the waveform as they are (a family without them: no effect; a scratch preset trains them)</source>
        <translation>读取波形的卷积层保持不变（没有这些层的模型族：不起作用；从零开始的预设会训练它们）</translation>
    </message>
    <message>
        <source>Train only the head</source>
        <translation>只训练分类头</translation>
    </message>
    <message>
        <source>Keep all but the head as it is</source>
        <translation>分类头以外的部分都保持不变</translation>
    </message>
    <message>
        <source>Layers kept as they are</source>
        <translation>冻结的层数</translation>
    </message>
    <message>
        <source>Earmark&apos;s own: keep the lowest N layers, and all below them, as they are</source>
        <translation>Earmark 独有：最低的 N 层及其下的一切保持不变</translation>
    </message>
    <message>
        <source>Compute frozen layers once</source>
        <translation>冻结层只计算一次</translation>
    </message>
    <message>
        <source>Earmark&apos;s own: compute what is frozen once instead of every epoch; auto where that changes no number</source>
        <translation>Earmark 独有：冻结的部分只计算一次，而不是每轮都算；auto 只在结果不变时这样做</translation>
    </message>
    <message>
        <source>Stop early after</source>
        <translation>提前停止</translation>
    </message>
    <message>
        <source>Stop after so many evaluations without a better metric; never where not set</source>
        <translation>指标连续这么多次评估没有改善就停止；未设置时从不停止</translation>
    </message>
    <message>
        <source>Least improvement</source>
        <translation>最小改善</translation>
    </message>
    <message>
        <source>By how much a metric must be better to count</source>
        <translation>指标至少改善多少才算数</translation>
    </message>
    <message>
        <source>The optimiser: AdamW, in one kernel or step by step</source>
        <translation>优化器：AdamW，合并为一个内核或逐步计算</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>The highest learning rate of the schedule</source>
        <translation>学习率调度中的最高学习率</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>权重衰减</translation>
    </message>
    <message>
        <source>AdamW&apos;s decay of weights (not of biases and norms)</source>
        <translation>AdamW 的权重衰减（不含偏置和归一化层）</translation>
    </message>
    <message>
        <source>Beta 1</source>
        <translation>Beta 1</translation>
    </message>
    <message>
        <source>AdamW&apos;s memory of the gradient</source>
        <translation>AdamW 对梯度的记忆</translation>
    </message>
    <message>
        <source>Beta 2</source>
        <translation>Beta 2</translation>
    </message>
    <message>
        <source>AdamW&apos;s memory of the squared gradient</source>
        <translation>AdamW 对梯度平方的记忆</translation>
    </message>
    <message>
        <source>Epsilon</source>
        <translation>Epsilon</translation>
    </message>
    <message>
        <source>AdamW&apos;s guard against division by zero</source>
        <translation>AdamW 防止除以零的小量</translation>
    </message>
    <message>
        <source>Longest gradient</source>
        <translation>梯度上限</translation>
    </message>
    <message>
        <source>Longer gradients are shortened to this norm; 0 leaves them</source>
        <translation>更长的梯度会缩短到这个范数；0 表示不缩短</translation>
    </message>
    <message>
        <source>How the learning rate changes over the run</source>
        <translation>学习率在运行中如何变化</translation>
    </message>
    <message>
        <source>Parameters of the schedule</source>
        <translation>调度参数</translation>
    </message>
    <message>
        <source>The schedule&apos;s own parameters as a JSON object, e.g. {&quot;num_cycles&quot;: 2}</source>
        <translation>调度自身的参数，写成 JSON 对象，例如 {&quot;num_cycles&quot;: 2}</translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation>预热</translation>
    </message>
    <message>
        <source>Share of all steps in which the learning rate rises from 0</source>
        <translation>学习率从 0 上升所占全部步数的比例</translation>
    </message>
    <message>
        <source>Warm-up in steps</source>
        <translation>预热步数</translation>
    </message>
    <message>
        <source>Steps in which the learning rate rises from 0, before warmup_ratio; below 1 a share of all steps</source>
        <translation>学习率从 0 上升的步数，优先于 warmup_ratio；小于 1 时为占全部步数的比例</translation>
    </message>
    <message>
        <source>Normalise loudness</source>
        <translation>响度归一化</translation>
    </message>
    <message>
        <source>Bring each clip to mean 0 and variance 1; as preprocessor_config.json where not set</source>
        <translation>使每个片段均值为 0、方差为 1；未设置时按 preprocessor_config.json</translation>
    </message>
    <message>
        <source>Mask padding</source>
        <translation>填充掩码</translation>
    </message>
    <message>
        <source>Tell the model which samples are padding; as preprocessor_config.json where not set</source>
        <translation>告诉模型哪些采样是填充；未设置时按 preprocessor_config.json</translation>
    </message>
    <message>
        <source>Long training clips</source>
        <translation>较长的训练片段</translation>
    </message>
    <message>
        <source>What becomes of training clips longer than max_length_seconds</source>
        <translation>训练片段长于 max_length_seconds 时如何处理</translation>
    </message>
    <message>
        <source>Long clips when evaluating</source>
        <translation>评估时的长片段</translation>
    </message>
    <message>
        <source>What becomes of clips longer than max_length_seconds when the model is evaluated</source>
        <translation>评估模型时，片段长于 max_length_seconds 时如何处理</translation>
    </message>
    <message>
        <source>Longest clip, seconds</source>
        <translation>最长片段（秒）</translation>
    </message>
    <message>
        <source>Training clips at most</source>
        <translation>训练片段上限</translation>
    </message>
    <message>
        <source>Train on the first N clips alone</source>
        <translation>只用前 N 个片段训练</translation>
    </message>
    <message>
        <source>Evaluated clips at most</source>
        <translation>评估片段上限</translation>
    </message>
    <message>
        <source>Evaluate on the first N clips alone while training</source>
        <translation>训练中只用前 N 个片段评估</translation>
    </message>
    <message>
        <source>Group by length</source>
        <translation>按长度分批</translation>
    </message>
    <message>
        <source>Put clips of like length into one batch: less padding, faster</source>
        <translation>把长度相近的片段放进同一批：填充更少，速度更快</translation>
    </message>
    <message>
        <source>Length column</source>
        <translation>长度列</translation>
    </message>
    <message>
        <source>Kept for settings files of the example scripts; lengths come from the clips</source>
        <translation>为兼容示例脚本的设置文件而保留；长度取自片段</translation>
    </message>
    <message>
        <source>Drop the last batch</source>
        <translation>丢弃最后一批</translation>
    </message>
    <message>
        <source>Leave out the last batch where it is not full</source>
        <translation>最后一批不满时略去</translation>
    </message>
    <message>
        <source>Decoding threads</source>
        <translation>解码线程</translation>
    </message>
    <message>
        <source>Threads that decode ahead; 0 chooses</source>
        <translation>提前解码的线程数；0 为自动选择</translation>
    </message>
    <message>
        <source>SpecAugment</source>
        <translation>SpecAugment</translation>
    </message>
    <message>
        <source>SpecAugment inside the model; the model&apos;s own where not set, as all below</source>
        <translation>模型内部的 SpecAugment；未设置时用模型自己的值，以下各项相同</translation>
    </message>
    <message>
        <source>Masked time</source>
        <translation>时间掩码比例</translation>
    </message>
    <message>
        <source>Share of frames that SpecAugment masks</source>
        <translation>SpecAugment 掩盖的帧的比例</translation>
    </message>
    <message>
        <source>Length of time masks</source>
        <translation>时间掩码长度</translation>
    </message>
    <message>
        <source>Frames in one time mask</source>
        <translation>一个时间掩码的帧数</translation>
    </message>
    <message>
        <source>Time masks at least</source>
        <translation>时间掩码下限</translation>
    </message>
    <message>
        <source>Time masks that a clip gets at least</source>
        <translation>每个片段至少有几个时间掩码</translation>
    </message>
    <message>
        <source>Masked features</source>
        <translation>特征掩码比例</translation>
    </message>
    <message>
        <source>Share of features that SpecAugment masks</source>
        <translation>SpecAugment 掩盖的特征的比例</translation>
    </message>
    <message>
        <source>Length of feature masks</source>
        <translation>特征掩码长度</translation>
    </message>
    <message>
        <source>Features in one feature mask</source>
        <translation>一个特征掩码的特征数</translation>
    </message>
    <message>
        <source>Feature masks at least</source>
        <translation>特征掩码下限</translation>
    </message>
    <message>
        <source>Feature masks that a clip gets at least</source>
        <translation>每个片段至少有几个特征掩码</translation>
    </message>
    <message>
        <source>Spectrogram time masks</source>
        <translation>语谱图时间掩码</translation>
    </message>
    <message>
        <source>Earmark&apos;s own, log-mel input alone: time masks a clip</source>
        <translation>Earmark 独有，仅用于 log-mel 输入：每个片段的时间掩码数</translation>
    </message>
    <message>
        <source>Longest spectrogram time mask</source>
        <translation>最长语谱图时间掩码</translation>
    </message>
    <message>
        <source>Earmark&apos;s own: longest time mask, frames; each is drawn from 0 to this</source>
        <translation>Earmark 独有：最长的时间掩码，单位为帧；每个从 0 到此值之间抽取</translation>
    </message>
    <message>
        <source>Frequency masks</source>
        <translation>频率掩码</translation>
    </message>
    <message>
        <source>Earmark&apos;s own, log-mel input alone: frequency masks a clip</source>
        <translation>Earmark 独有，仅用于 log-mel 输入：每个片段的频率掩码数</translation>
    </message>
    <message>
        <source>Widest frequency mask</source>
        <translation>最宽频率掩码</translation>
    </message>
    <message>
        <source>Earmark&apos;s own: widest frequency mask, mel bins; each is drawn from 0 to this</source>
        <translation>Earmark 独有：最宽的频率掩码，单位为 mel 频带；每个从 0 到此值之间抽取</translation>
    </message>
    <message>
        <source>What is learnt</source>
        <translation>学习目标</translation>
    </message>
    <message>
        <source>Dropout of blocks</source>
        <translation>各层 Dropout</translation>
    </message>
    <message>
        <source>Dropout after each block; the model&apos;s own where not set, as all below</source>
        <translation>每一层之后的 Dropout；未设置时用模型自己的值，以下各项相同</translation>
    </message>
    <message>
        <source>Dropout of attention</source>
        <translation>注意力 Dropout</translation>
    </message>
    <message>
        <source>Dropout of attention weights</source>
        <translation>注意力权重的 Dropout</translation>
    </message>
    <message>
        <source>Dropout of activations</source>
        <translation>激活 Dropout</translation>
    </message>
    <message>
        <source>Dropout inside the feed-forward blocks</source>
        <translation>前馈层内部的 Dropout</translation>
    </message>
    <message>
        <source>Dropout of the projection</source>
        <translation>投影 Dropout</translation>
    </message>
    <message>
        <source>Dropout after the feature projection</source>
        <translation>特征投影之后的 Dropout</translation>
    </message>
    <message>
        <source>Dropout before the output</source>
        <translation>输出前 Dropout</translation>
    </message>
    <message>
        <source>Dropout before the output layer of a recogniser</source>
        <translation>语音识别模型输出层之前的 Dropout</translation>
    </message>
    <message>
        <source>Skipped layers</source>
        <translation>随机跳过层</translation>
    </message>
    <message>
        <source>Chance that a layer is skipped in a training step</source>
        <translation>训练的一步中跳过某一层的概率</translation>
    </message>
    <message>
        <source>Mix all layers</source>
        <translation>混合所有层</translation>
    </message>
    <message>
        <source>Let the head read a learnt mixture of all layers</source>
        <translation>让分类头读取所有层经学习得到的混合</translation>
    </message>
    <message>
        <source>Width of the head</source>
        <translation>分类头宽度</translation>
    </message>
    <message>
        <source>Width of the head&apos;s projection</source>
        <translation>分类头投影的宽度</translation>
    </message>
    <message>
        <source>Sum of CTC losses</source>
        <translation>CTC 损失的合并</translation>
    </message>
    <message>
        <source>How a recogniser&apos;s losses of a batch become one</source>
        <translation>语音识别模型一批中的各个损失如何合为一个</translation>
    </message>
    <message>
        <source>Infinite CTC losses as zero</source>
        <translation>无穷大的 CTC 损失计为零</translation>
    </message>
    <message>
        <source>Count infinite losses (text too long for its clip) as zero</source>
        <translation>把无穷大的损失（文字对片段来说太长）计为零</translation>
    </message>
    <message>
        <source>Evaluate</source>
        <translation>评估时机</translation>
    </message>
    <message>
        <source>When the validation split is evaluated</source>
        <translation>何时评估验证集</translation>
    </message>
    <message>
        <source>Steps between evaluations</source>
        <translation>评估间隔步数</translation>
    </message>
    <message>
        <source>Steps between evaluations; below 1 a share of all steps; logging_steps where not set</source>
        <translation>两次评估之间的步数；小于 1 时为占全部步数的比例；未设置时用 logging_steps</translation>
    </message>
    <message>
        <source>Delay of the first evaluation</source>
        <translation>首次评估的延迟</translation>
    </message>
    <message>
        <source>Epochs or steps before the first evaluation</source>
        <translation>首次评估之前的轮数或步数</translation>
    </message>
    <message>
        <source>Evaluate at the start</source>
        <translation>开始时评估</translation>
    </message>
    <message>
        <source>Evaluate once before the first step</source>
        <translation>在第一步之前评估一次</translation>
    </message>
    <message>
        <source>Batch size when evaluating</source>
        <translation>评估批大小</translation>
    </message>
    <message>
        <source>Clips in a batch of evaluation</source>
        <translation>一个评估批中的片段数</translation>
    </message>
    <message>
        <source>Metric of the best model</source>
        <translation>最佳模型的指标</translation>
    </message>
    <message>
        <source>A larger metric is better</source>
        <translation>指标越大越好</translation>
    </message>
    <message>
        <source>Keep the best model</source>
        <translation>保留最佳模型</translation>
    </message>
    <message>
        <source>Keep the best model rather than the last</source>
        <translation>保留最佳模型，而不是最后的模型</translation>
    </message>
    <message>
        <source>Write checkpoints</source>
        <translation>写入检查点</translation>
    </message>
    <message>
        <source>When checkpoints are written</source>
        <translation>何时写入检查点</translation>
    </message>
    <message>
        <source>Steps between checkpoints</source>
        <translation>检查点间隔步数</translation>
    </message>
    <message>
        <source>Steps between checkpoints; below 1 a share of all steps</source>
        <translation>两个检查点之间的步数；小于 1 时为占全部步数的比例</translation>
    </message>
    <message>
        <source>Checkpoints kept</source>
        <translation>保留的检查点</translation>
    </message>
    <message>
        <source>How many checkpoints are kept; all where not set</source>
        <translation>保留多少个检查点；未设置时全部保留</translation>
    </message>
    <message>
        <source>Checkpoints without optimiser</source>
        <translation>检查点不含优化器</translation>
    </message>
    <message>
        <source>Checkpoints without optimiser and random state: smaller, and no run can go on from them</source>
        <translation>检查点不含优化器和随机状态：更小，但运行无法从中继续</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>记录日志</translation>
    </message>
    <message>
        <source>When the loss is logged</source>
        <translation>何时记录损失</translation>
    </message>
    <message>
        <source>Steps between log entries</source>
        <translation>日志间隔步数</translation>
    </message>
    <message>
        <source>Steps between log entries; below 1 a share of all steps</source>
        <translation>两条日志之间的步数；小于 1 时为占全部步数的比例</translation>
    </message>
    <message>
        <source>Log the first step</source>
        <translation>记录第一步</translation>
    </message>
    <message>
        <source>Log the first step too</source>
        <translation>第一步也记入日志</translation>
    </message>
    <message>
        <source>Filter the log</source>
        <translation>过滤日志</translation>
    </message>
    <message>
        <source>Leave losses that are no numbers out of the log</source>
        <translation>不是数字的损失不记入日志</translation>
    </message>
    <message>
        <source>Further logs</source>
        <translation>其他日志</translation>
    </message>
    <message>
        <source>Write TensorBoard event files beside the run</source>
        <translation>在运行旁边写入 TensorBoard 事件文件</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation>均衡</translation>
    </message>
    <message>
        <source>Auto</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>On</source>
        <translation>开</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>Adamw torch fused</source>
        <translation>融合 AdamW</translation>
    </message>
    <message>
        <source>Adamw torch</source>
        <translation>AdamW</translation>
    </message>
    <message>
        <source>Linear</source>
        <translation>线性</translation>
    </message>
    <message>
        <source>Cosine</source>
        <translation>余弦</translation>
    </message>
    <message>
        <source>Cosine with restarts</source>
        <translation>带重启的余弦</translation>
    </message>
    <message>
        <source>Polynomial</source>
        <translation>多项式</translation>
    </message>
    <message>
        <source>Constant</source>
        <translation>恒定</translation>
    </message>
    <message>
        <source>Constant with warmup</source>
        <translation>恒定（含预热）</translation>
    </message>
    <message>
        <source>Inverse sqrt</source>
        <translation>平方根倒数</translation>
    </message>
    <message>
        <source>Reduce lr on plateau</source>
        <translation>停滞时降低学习率</translation>
    </message>
    <message>
        <source>Cosine with min lr</source>
        <translation>余弦（有最低学习率）</translation>
    </message>
    <message>
        <source>Cosine warmup with min lr</source>
        <translation>余弦预热（有最低学习率）</translation>
    </message>
    <message>
        <source>Warmup stable decay</source>
        <translation>预热、稳定、衰减</translation>
    </message>
    <message>
        <source>Whole</source>
        <translation>完整</translation>
    </message>
    <message>
        <source>Truncate</source>
        <translation>截断</translation>
    </message>
    <message>
        <source>Random crop</source>
        <translation>随机截取</translation>
    </message>
    <message>
        <source>Drop longer</source>
        <translation>丢弃过长的</translation>
    </message>
    <message>
        <source>Windows</source>
        <translation>分窗</translation>
    </message>
    <message>
        <source>Single label classification</source>
        <translation>单标签分类</translation>
    </message>
    <message>
        <source>Multi label classification</source>
        <translation>多标签分类</translation>
    </message>
    <message>
        <source>Regression</source>
        <translation>回归</translation>
    </message>
    <message>
        <source>Sum</source>
        <translation>求和</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>平均</translation>
    </message>
    <message>
        <source>No</source>
        <translation>从不</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>按步数</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>每轮</translation>
    </message>
    <message>
        <source>Best</source>
        <translation>最佳时</translation>
    </message>
    <message>
        <source>Tensorboard</source>
        <translation>TensorBoard</translation>
    </message>
    <message>
        <source>Longer clips are cut, or left out: see train_length and eval_length</source>
        <translation>更长的片段会被截断或舍去：见 train_length 和 eval_length</translation>
    </message>
    <message>
        <source>Case of transcripts</source>
        <translation>转写文本的大小写</translation>
    </message>
    <message>
        <source>The case that transcripts are learnt in</source>
        <translation>学习转写文本时采用的大小写</translation>
    </message>
    <message>
        <source>Characters to leave out</source>
        <translation>要略去的字符</translation>
    </message>
    <message>
        <source>Characters that are left out of transcripts, e.g. .,?!</source>
        <translation>从转写文本中略去的字符，例如 .,?!</translation>
    </message>
    <message>
        <source>As is</source>
        <translation>保持原样</translation>
    </message>
    <message>
        <source>Lower</source>
        <translation>小写</translation>
    </message>
    <message>
        <source>Upper</source>
        <translation>大写</translation>
    </message>
    <message>
        <source>Highest Gumbel temperature</source>
        <translation>最高 Gumbel 温度</translation>
    </message>
    <message>
        <source>Pretraining alone: temperature of the choice of code vectors at the first step</source>
        <translation>仅预训练：第一步选择码向量时的温度</translation>
    </message>
    <message>
        <source>Lowest Gumbel temperature</source>
        <translation>最低 Gumbel 温度</translation>
    </message>
    <message>
        <source>Pretraining alone: the temperature falls no lower</source>
        <translation>仅预训练：温度不再低于此值</translation>
    </message>
    <message>
        <source>Fall of the Gumbel temperature</source>
        <translation>Gumbel 温度的衰减</translation>
    </message>
    <message>
        <source>Pretraining alone: what each step multiplies the temperature by</source>
        <translation>仅预训练：每一步温度所乘的系数</translation>
    </message>
    <message>
        <source>Shortest clip, seconds</source>
        <translation>最短片段（秒）</translation>
    </message>
    <message>
        <source>Pretraining alone: clips that are not longer are left out</source>
        <translation>仅预训练：不长于此的片段不参与训练</translation>
    </message>
    <message>
        <source>What is learnt: one label a clip, several labels, or numbers; what the base learnt, else one label, where not set</source>
        <translation>学习目标：每个片段一个标签、多个标签，或数值；未设置时与基础模型所学相同，否则为一个标签</translation>
    </message>
    <message>
        <source>Numbers to learn</source>
        <translation>要学习的数值</translation>
    </message>
    <message>
        <source>Earmark&apos;s own, regression alone: the numbers to learn, separated by commas; all that the training clips have where not set</source>
        <translation>Earmark 自有，仅用于回归：要学习的数值，以逗号分隔；未设置时为训练片段具有的全部数值</translation>
    </message>
    <message>
        <source>Whether a larger metric is better; yes for all but losses, errors and error rates where not set</source>
        <translation>指标是否越大越好；未设置时，除损失、误差和错误率外都是</translation>
    </message>
    <message>
        <source>The metric that finds the best model: loss, accuracy, macro_f1 (or f1), weighted_f1; with several labels also micro_f1, map; of numbers mse, mae, r2, pearson; for recognition wer, cer; for pretraining contrastive_loss, accuracy, perplexity; loss where not set</source>
        <translation>用来选出最佳模型的指标：loss、accuracy、macro_f1（或 f1）、weighted_f1；多个标签时还有 micro_f1、map；数值为 mse、mae、r2、pearson；识别为 wer、cer；预训练为 contrastive_loss、accuracy、perplexity；未设置时为 loss</translation>
    </message>
</context>
</TS>
