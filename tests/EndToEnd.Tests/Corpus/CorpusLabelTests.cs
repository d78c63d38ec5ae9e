using MessagesSimulator.Corpus;
using MessagesSimulator.Prompts;
using Xunit;

namespace EndToEnd.Tests.Corpus;

/// <summary>The labels follow from the documentation, the simulator too, and neither from the other: they must agree.</summary>
public sealed class CorpusLabelTests
{
    private static readonly IReadOnlyList<CorpusCase> s_cases = [.. MutationCorpus.Disturbed()];

    public static TheoryData<string> Mutations => [.. MutationCorpus.Mutations];

    [Theory]
    [MemberData(nameof(Mutations))]
    public void A_disturbed_request_reads_less_by_the_tokens_of_the_label(string mutation)
    {
        var cases = s_cases.Where(one => one.Mutation == mutation).ToList();

        Assert.True(cases.Count >= 8, $"{mutation}: {cases.Count} cases");
        foreach (var one in cases)
        {
            var disturbed = CorpusPlayer.Play(one.Requests)[^1].CacheReadInputTokens;
            var control = CorpusPlayer.Play(one.Control)[^1].CacheReadInputTokens;

            Assert.True(one.Label.LostTokens > 0, one.Name);
            Assert.True(
                (control, control - disturbed) == (one.Label.ExpectedReadTokens, one.Label.LostTokens),
                $"{one.Name}: read {disturbed} of {control}, by the label {one.Label.LostTokens} of {one.Label.ExpectedReadTokens} are lost");
        }
    }

    [Fact]
    public void Every_request_of_the_corpus_reads_what_it_says()
    {
        foreach (var one in s_cases)
        {
            Assert.Equal(one.Requests.Select(request => request.ReadTokens), CorpusPlayer.Play(one.Requests).Select(usage => usage.CacheReadInputTokens));
        }
    }

    [Fact]
    public void Ten_thousand_undisturbed_turns_read_what_was_written()
    {
        var turns = 0;
        foreach (var one in MutationCorpus.Undisturbed(10_000))
        {
            var usages = CorpusPlayer.Play(one.Requests);
            Assert.Equal(one.Requests.Select(request => request.ReadTokens), usages.Select(usage => usage.CacheReadInputTokens));
            for (var i = 1; i < usages.Count; i++)
            {
                Assert.True(usages[i].CacheReadInputTokens == one.Requests[i - 1].MarkedTokens, $"{one.Name}: request {i}");
            }

            turns += usages.Count;
        }

        Assert.True(turns >= 10_000);
    }

    [Fact]
    public void The_corpus_is_large_and_has_every_reason_level_and_many_models()
    {
        Assert.True(s_cases.Count >= 400, $"{s_cases.Count} cases");
        Assert.Equal(CorpusReasons.All.Order(), s_cases.Select(one => one.Label.Reason!).Distinct().Order());
        Assert.Equal(Enum.GetValues<PromptLevel>(), s_cases.Select(one => one.Label.Level!.Value).Distinct().Order());
        Assert.True(s_cases.Select(one => one.Model).Distinct().Count() >= 8);
        Assert.Equal(s_cases.Count, s_cases.Select(one => one.Name).Distinct().Count());
    }

    [Fact]
    public void The_same_seed_makes_the_same_corpus()
    {
        var again = MutationCorpus.Disturbed(casesPerMutation: 1).ToList();
        var first = s_cases.DistinctBy(one => one.Mutation).ToList();

        Assert.Equal(first.Select(one => one.Name), again.Select(one => one.Name));
        Assert.All(first.Zip(again), pair => Assert.Equal(
            pair.First.Requests.Select(request => Convert.ToHexString(request.Body.Span)),
            pair.Second.Requests.Select(request => Convert.ToHexString(request.Body.Span))));
        Assert.NotEqual(
            first.Select(one => one.Name),
            MutationCorpus.Disturbed(casesPerMutation: 1, seed: 1).Select(one => one.Name));
    }

    [Fact]
    public void A_loss_begins_at_the_change_or_before_it()
    {
        Assert.All(s_cases, one => Assert.True(one.Label.LostFrom <= one.Label.Level || one.Label.Reason is CorpusReasons.ToolsChanged or CorpusReasons.SystemChanged, one.Name));
        Assert.All(
            s_cases.Where(one => one.Label.Reason is CorpusReasons.ToolChoiceChanged or CorpusReasons.ImagesChanged or CorpusReasons.MessagesEdited),
            one => Assert.Equal(PromptLevel.Messages, one.Label.Level));
    }

    [Fact]
    public void A_label_that_names_a_block_names_its_level_and_place()
    {
        foreach (var one in s_cases.Where(one => one.Label.Path is not null))
        {
            Assert.StartsWith(one.Label.Path!.Split('[')[0], one.Label.Reason switch
            {
                CorpusReasons.ToolsChanged or CorpusReasons.ToolsReordered => "tools",
                CorpusReasons.SystemChanged => "system",
                _ => "messages",
            }, StringComparison.Ordinal);
            Assert.NotNull(one.Label.Segment);
        }
    }
}
