using Telemetry.Handler.Caching;
using Xunit;

namespace Telemetry.Handler.Tests.Caching;

/// <summary>Conversations in which nothing is wrong, many at once, as applications have them.</summary>
public sealed class UndisturbedTests
{
    private const int Turns = 10_000;
    private const int Conversations = 40;

    [Fact]
    public void Ten_thousand_turns_in_which_nothing_is_wrong_have_no_break_and_their_reads_are_foreseen()
    {
        using var lab = new Lab();
        var random = new Random(5);
        var open = Enumerable.Range(0, Conversations).Select(seed => New(seed)).ToArray();
        var (tokens, off, reads) = (0L, 0L, 0);
        for (var turn = 0; turn < Turns; turn++)
        {
            var at = random.Next(Conversations);
            lab.Pass(TimeSpan.FromSeconds(random.Next(1, 4)));

            // Nobody waits longer than an entry lives: whoever was not heard of for so long begins anew.
            if (open[at].Draft.Messages.Count > 2 * random.Next(5, 40) || lab.Time - open[at].Last > TimeSpan.FromSeconds(295))
            {
                open[at] = New(Conversations + turn);
            }

            var (forecast, diagnosis, usage) = lab.Send(open[at].Draft);

            Assert.False(forecast.Break is { }, $"turn {turn}: {forecast.Break}");
            Assert.False(diagnosis is { IsBreak: true }, $"turn {turn}: {diagnosis}");
            Assert.True(diagnosis is null or { Reason: CacheBreakReason.BelowMinimum or CacheBreakReason.TtlExpired5m }, $"turn {turn}: {diagnosis}");
            tokens += usage.CacheReadInputTokens ?? 0;
            off += Math.Abs((usage.CacheReadInputTokens ?? 0) - forecast.ReadTokens);
            reads += usage.CacheReadInputTokens > 0 ? 1 : 0;
            open[at] = (open[at].Draft.Then(Texts.Of(turn, random.Next(1, 200)), Texts.Of(-turn, random.Next(1, 60))), lab.Time);
        }

        Assert.True(reads > 0.8 * Turns, $"{reads} reads");
        Assert.True(off < 0.01 * tokens, $"{off} of {tokens} tokens off");

        (Draft Draft, TimeSpan Last) New(int seed)
        {
            var kind = seed % 4;
            var draft = kind switch
            {
                0 => Texts.Conversation(seed, 1),
                1 => Texts.Conversation(seed, 1, toolMark: null, systemMark: "1h"),
                2 => Texts.Conversation(seed, 1, automatic: null),
                _ => new Draft { Messages = [new("user", new Draft.Block(Texts.Of(seed, 30)))], Automatic = "5m" },
            };
            return (draft, lab.Time);
        }
    }

    [Fact]
    public void Conversations_that_begin_with_the_same_words_are_kept_apart()
    {
        using var lab = new Lab();
        var drafts = Enumerable.Range(0, 20).Select(i => Texts.Conversation(3, 1) with
        {
            System = [new($"You help customer {i}. {Texts.Of(8, 800)}", Mark: "5m")],
        }).ToArray();
        for (var turn = 0; turn < 10; turn++)
        {
            for (var i = 0; i < drafts.Length; i++)
            {
                lab.Pass(TimeSpan.FromSeconds(1));

                var (forecast, diagnosis, _) = lab.Send(drafts[i]);

                Assert.Null(forecast.Break);
                Assert.Null(diagnosis);
                drafts[i] = drafts[i].Then($"Done {i}.", "go on");
            }
        }
    }
}
