using CostLedger.Querying;
using CostLedger.Querying.Prompts;
using CostLedger.Records;
using CostLedger.Tests.Storage;
using Xunit;

namespace CostLedger.Tests.Querying.Prompts;

public sealed class PromptQuestionsTests : IDisposable
{
    private readonly LedgerFolder _folder = new();

    [Fact]
    public void A_call_without_a_prompt_or_without_a_row_has_none()
    {
        PromptTrees.Store(_folder, [SomePrompts.Bare(1)]);
        using var reader = LedgerReader.Open(_folder.Ledger);

        Assert.Null(reader.Prompt(SomePrompts.Bare(1).Id));
        Assert.Null(reader.Prompt(SomePrompts.Bare(2).Id));
    }

    [Fact]
    public void The_calls_of_a_thread_come_in_the_order_of_time()
    {
        PromptTrees.Store(_folder, Enumerable.Range(0, 600).Reverse().Select(i => SomePrompts.Call(i, [i % 2, i])));
        using var reader = LedgerReader.Open(_folder.Ledger);
        var thread = SomePrompts.Call(1, [1]).Prompt!.Thread!.Value;

        var calls = reader.ThreadCalls(thread).Select(call => call.Id);

        Assert.Equal(Enumerable.Range(0, 300).Select(i => SomePrompts.Bare((2 * i) + 1).Id), calls);
        Assert.Empty(reader.ThreadCalls(12345));
    }

    [Fact]
    public void Estimates_stand_beside_what_the_provider_counted()
    {
        var sources = new InputBySource { Tools = 1, System = 2, Messages = 3, ToolUses = 4, ToolResults = 5, Thinking = 6, Images = 7, Documents = 8, Overhead = 9 };
        var estimate = new TokenEstimate { InputTokens = 45, InputTokensLow = 40, InputTokensHigh = 50, ColdInputTokens = 44, Tokenizer = "o200k_base", Sources = sources };
        var usage = new TokenUsage { InputTokens = 10, CacheReadInputTokens = 30, CacheCreationInputTokens = 6, OutputTokens = 3 };
        PromptTrees.Store(_folder, [Estimated(1, "b", estimate, usage), Estimated(2, "a", estimate with { Sources = null }, usage)]);
        using var reader = LedgerReader.Open(_folder.Ledger);

        var calls = reader.Estimates(new CallFilter()).ToList();

        Assert.Equal(
            new EstimatedCall
            {
                Id = SomePrompts.Bare(1).Id,
                Model = "b",
                Actual = 46,
                Estimate = 45,
                Low = 40,
                High = 50,
                Cold = 44,
                Tokenizer = "o200k_base",
                Sources = sources,
            },
            Assert.Single(calls, call => call.Model == "b"));
        Assert.Null(Assert.Single(calls, call => call.Model == "a").Sources);
        Assert.Equal(calls.Select(call => call with { OutputTokens = 3 }), reader.LastEstimates(10));
    }

    [Fact]
    public void What_was_not_measured_or_was_added_to_by_the_provider_teaches_nothing()
    {
        var estimate = new TokenEstimate { InputTokens = 45, ColdInputTokens = 44 };
        var usage = new TokenUsage { InputTokens = 10 };
        PromptTrees.Store(
            _folder,
            [
                Estimated(1, "a", estimate, null),
                Estimated(2, "a", estimate, usage with { WebSearchRequests = 1 }),
                Estimated(3, "a", estimate, usage with { Iterations = [new UsageIteration { Type = "message" }, new UsageIteration { Type = "message" }] }),
                Estimated(4, "a", estimate with { InputTokens = null }, usage),
                Estimated(5, "a", estimate, usage),
            ]);
        using var reader = LedgerReader.Open(_folder.Ledger);

        Assert.Equal(SomePrompts.Bare(5).Id, Assert.Single(reader.Estimates(new CallFilter())).Id);
        Assert.Equal(SomePrompts.Bare(5).Id, Assert.Single(reader.LastEstimates(3)).Id);
    }

    [Fact]
    public void Filters_choose_estimates_as_they_choose_calls()
    {
        var estimate = new TokenEstimate { InputTokens = 45, ColdInputTokens = 44 };
        var usage = new TokenUsage { InputTokens = 10 };
        PromptTrees.Store(_folder, Enumerable.Range(0, 20).Select(i => Estimated(i, i % 2 == 0 ? "even" : "odd", estimate, usage) with { Outcome = i % 5 == 0 ? CallOutcome.Refused : CallOutcome.Success }));
        using var reader = LedgerReader.Open(_folder.Ledger);

        Assert.Equal(10, reader.Estimates(new CallFilter { Models = ["even"] }).Count());
        Assert.Equal(4, reader.Estimates(new CallFilter { Statuses = ["refused"] }).Count());
        Assert.Equal(5, reader.Estimates(new CallFilter { Since = SomePrompts.Bare(15).StartedAt }).Count());
        Assert.Single(reader.Estimates(new CallFilter { Since = SomePrompts.Bare(15).StartedAt, Statuses = ["refused"] }));
    }

    [Fact]
    public void The_last_estimates_of_each_model_come_in_the_order_of_time()
    {
        var estimate = new TokenEstimate { InputTokens = 45, ColdInputTokens = 44 };
        PromptTrees.Store(_folder, Enumerable.Range(0, 100).Select(i => Estimated(i, $"m{i % 3}", estimate, new TokenUsage { InputTokens = i })));
        using var reader = LedgerReader.Open(_folder.Ledger);

        var last = reader.LastEstimates(2);

        Assert.Equal([96, 99, 94, 97, 95, 98], last.OrderBy(call => call.Model, StringComparer.Ordinal).Select(call => call.Actual));
    }

    [Fact]
    public void A_call_that_was_served_by_another_model_in_the_end_has_one_estimate()
    {
        var estimate = new TokenEstimate { InputTokens = 45, ColdInputTokens = 44 };
        PromptTrees.Store(_folder, [Estimated(1, "asked", estimate, null)]);
        PromptTrees.Store(_folder, [Estimated(1, "served", estimate, new TokenUsage { InputTokens = 3 })]);

        Assert.Equal(1, _folder.Number("SELECT count(*) FROM call_estimates"));
        Assert.Equal(44, Assert.Single(_folder.ReadAll()).Estimate!.ColdInputTokens);

        PromptTrees.Store(_folder, [Estimated(1, "served", estimate, null) with { Estimate = null }]);

        Assert.Equal(0, _folder.Number("SELECT count(*) FROM call_estimates"));
    }

    public void Dispose() => _folder.Dispose();

    private static CallRecord Estimated(int number, string model, TokenEstimate estimate, TokenUsage? usage) =>
        SomePrompts.Bare(number) with { ModelServed = model, Estimate = estimate, Usage = usage };
}
