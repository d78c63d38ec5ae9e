using CostLedger.Querying.Caching.Advice;
using CostReport.Cli.Documents;

namespace CostReport.Cli.Caching;

/// <summary>What would save money at the prompt cache, exact: a row for each piece of advice.</summary>
internal static class AdviceData
{
    private static readonly string[] Columns = ["kind", "model", "subject", "saving_usd", "is_measured", "calls", "found", "action", "example_call_id", "shares_money_with"];

    /// <summary>The rows, the most money first.</summary>
    public static Dataset Of(AdviceReport report) => new("advice", Columns, report.Advice.Select(Row));

    private static IReadOnlyList<Field> Row(CacheAdvice advice) =>
    [
        Field.Of(advice.Kind), Field.Of(advice.Model), Field.Of(advice.Subject), Field.Of(advice.Saving), Field.Of(advice.IsMeasured), Field.Of(advice.Calls),
        Field.Of(advice.Found), Field.Of(advice.Action), Field.Of(advice.Example.ToString()), Field.Of(string.Join(';', advice.SharesMoneyWith)),
    ];
}
