using CostLedger.Records;

namespace CostReport.Cli.Tests.Doubles;

/// <summary>Names that would do harm where they were not escaped.</summary>
internal static class HostileNames
{
    /// <summary>The names.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "</script><img src=x onerror=document.title='owned'>",
        "<script>document.title='owned'</script>",
        "\"><svg onload=document.title='owned'>",
        "' autofocus onfocus='document.title=1",
        "</style></title></bdi></table>",
        "<!--",
        "&lt;b&gt;&#x3c;b>",
        "\u001b]0;title\u0007\u001b[2J",
        "\u202Eright-to-left\u2069",
        "line\r\nbreak",
        "\uD83D lone surrogate",
        new('m', 500),
        "نموذج-عربي",
        "模型-🙂",
        " ",
    ];

    /// <summary>A call in which everything has this name.</summary>
    public static CallRecord Call(string name, int i) => Sample.Call(Sample.Now.AddHours(-i - 1), i) with
    {
        ModelServed = name,
        ModelRequested = name,
        ErrorType = name,
        StopReason = name,
        MessageId = name,
        RequestId = name,
        Host = name,
        Timing = new CallTiming { Total = TimeSpan.FromSeconds(5), Parts = [new AnswerPart(name, TimeSpan.Zero, TimeSpan.FromSeconds(1)), new AnswerPart(name, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4))] },
        Outcome = i % 3 == 0 ? CallOutcome.Error : CallOutcome.Success,
        Labels = new CallLabels { Session = name, Conversation = name, Tags = new Dictionary<string, string>(StringComparer.Ordinal) { ["team"] = name } },
    };
}
