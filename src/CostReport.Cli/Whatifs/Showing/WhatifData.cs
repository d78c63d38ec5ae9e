using CostReport.Cli.Documents;
using CostReport.Cli.Whatifs.Answering;

namespace CostReport.Cli.Whatifs.Showing;

/// <summary>What would be different, exact: a row for each group.</summary>
internal static class WhatifData
{
    private static readonly string[] Figures =
    [
        "calls", "cheaper", "dearer", "cost_usd", "cost_usd_then", "cost_usd_then_low", "cost_usd_then_high", "difference_usd",
        "input_tokens", "cache_read_tokens", "cache_write_5m_tokens", "cache_write_1h_tokens", "output_tokens",
        "input_tokens_then", "cache_read_tokens_then", "cache_write_5m_tokens_then", "cache_write_1h_tokens_then", "output_tokens_then",
    ];

    /// <summary>The groups.</summary>
    public static Dataset Of(Answer answer) => new(
        "groups",
        [.. answer.By.Select(g => g.Name), .. Figures],
        answer.Groups.Select(IReadOnlyList<Field> (g) => [.. g.Key.Select(Field.Of), .. Row(g.Sums)]));

    private static IEnumerable<Field> Row(ChangeSums sums) =>
    [
        Field.Of(sums.Calls), Field.Of(sums.Cheaper), Field.Of(sums.Dearer),
        Field.Of(sums.Now), Field.Of(sums.Then), Field.Of(sums.Low), Field.Of(sums.High), Field.Of(sums.Difference),
        .. Tokens(sums.TokensNow), .. Tokens(sums.TokensThen),
    ];

    private static IEnumerable<Field> Tokens(TokenSums tokens) =>
    [
        Field.Of(tokens.Input), Field.Of(tokens.CacheRead), Field.Of(tokens.CacheWrite5m), Field.Of(tokens.CacheWrite1h), Field.Of(tokens.Output),
    ];
}
