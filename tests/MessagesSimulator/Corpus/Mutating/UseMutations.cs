using MessagesSimulator.Corpus.Drafting;

namespace MessagesSimulator.Corpus.Mutating;

/// <summary>The same prompt, but too late, too early, too short, marked elsewhere, or lost by the provider.</summary>
internal static class UseMutations
{
    private static readonly Marking[] s_fiveMinutes = [Marking.Automatic, Marking.LastMessage, Marking.System, Marking.SystemAndLastMessage, Marking.ToolsSystemAndTwoMessages];
    private static readonly Marking[] s_lastOnly = [Marking.Automatic, Marking.LastMessage, Marking.SystemAndLastMessage, Marking.HourSystemAndLastMessage];

    public static IReadOnlyList<Mutation> All { get; } =
    [
        new("five_minutes_over", CorpusReasons.TtlExpired5m, it => Wait(it, 301, 3300)) { Markings = s_fiveMinutes },
        new("five_minutes_over_by_the_answer", CorpusReasons.TtlExpired5m, WaitFromStart) { Markings = s_fiveMinutes },
        new("five_minutes_over_hour_left", CorpusReasons.TtlExpired5m, it => Wait(it, 301, 3300)) { Markings = [Marking.HourSystemAndLastMessage] },
        new("hour_over", CorpusReasons.TtlExpired1h, it => Wait(it, 3601, 20_000)) { Markings = [Marking.HourSystemAndHourLastMessage] },
        Moved("breakpoint_of_messages_gone", Marking.SystemAndLastMessage, Marking.System),
        Moved("breakpoints_gone", Marking.SystemAndLastMessage, Marking.None),
        Moved("automatic_to_system", Marking.Automatic, Marking.System),
        Moved("last_to_first_message", Marking.LastMessage, Marking.FirstMessage),
        Moved("four_to_tools", Marking.ToolsSystemAndTwoMessages, Marking.Tools),
        Moved("four_to_first_tool", Marking.ToolsSystemAndTwoMessages, Marking.FirstTool),
        new("many_calls", CorpusReasons.LookbackExceeded, it =>
            it.Last.Tools.Count > 0 && Grow(it, (turn, draft) => turn.CallTools(draft, it.Chance.Next(11, 18), 30))) { Markings = s_lastOnly },
        new("many_blocks", CorpusReasons.LookbackExceeded, it =>
            it.Conversation.MayTalk && Grow(it, (turn, draft) => turn.Talk(draft, it.Chance.Next(21, 40), 400))) { Markings = s_lastOnly },
        new("one_block_too_many", CorpusReasons.LookbackExceeded, it =>
            it.Conversation.MayTalk && Grow(it, (turn, draft) => turn.Talk(draft, it.Conversation.Thinks ? 18 : 19, 400))) { Markings = s_lastOnly },
        Short("short_prompt", [Marking.Automatic, Marking.LastMessage]),
        Short("short_system", [Marking.System, Marking.SystemAndLastMessage]),
        Short("short_four", [Marking.ToolsSystemAndTwoMessages]),
        new("parallel_openings", CorpusReasons.ConcurrentFirstWrite, it =>
        {
            it.Earlier.RemoveRange(1, it.Earlier.Count - 1);
            return Overtake(it, it.Earlier[0]);
        }),
        new("parallel_turns", CorpusReasons.ConcurrentFirstWrite, it => Overtake(it, it.Earlier[^1])),
        new("turn_before_the_answer", CorpusReasons.ConcurrentFirstWrite, it => Overtake(it, it.Control)),
        Lost("all_lost", int.MaxValue),
        Lost("longest_lost", 1),
        Lost("two_longest_lost", 2),
        new("read_too_little", CorpusReasons.Unknown, it =>
        {
            it.Last = it.Last with { Conceals = it.Chance.Next(150, 500) };
            return true;
        }),
    ];

    private static bool Wait(Disturbance it, int least, int most)
    {
        it.Last = it.Last with { At = it.Earlier[^1].At + TimeSpan.FromSeconds(it.Chance.Next(least, most)) };
        return true;
    }

    /// <summary>The answer before took four minutes to begin: lifetimes count from the start of its request.</summary>
    private static bool WaitFromStart(Disturbance it)
    {
        it.Earlier[^1] = it.Earlier[^1] with { AnswerAfter = TimeSpan.FromMinutes(4) };
        it.Control = it.Control with { At = it.Earlier[^1].At + TimeSpan.FromSeconds(270) };
        return Wait(it, 301, 400);
    }

    private static Mutation Moved(string name, Marking from, Marking to) => new(name, CorpusReasons.BreakpointMoved, it =>
    {
        it.Last = it.Last with { Marking = to };
        return it.Last.Tools.Count > 0 || to is not (Marking.Tools or Marking.FirstTool);
    })
    {
        Markings = [from],
    };

    private static bool Grow(Disturbance it, Action<Turn, Draft> grow)
    {
        it.Last = it.Earlier[^1].Copy() with { At = it.Control.At };
        grow(new Turn(it.Conversation), it.Last);
        return true;
    }

    private static Mutation Short(string name, IReadOnlyList<Marking> markings) => new(name, CorpusReasons.BelowMinimum, it =>
    {
        it.ControlModel = CorpusModel.All[0];
        return true;
    })
    {
        Markings = markings,
        IsSmall = true,
        Models = model => model.Minimum >= 1024 && !model.MinimumIsDisputed,
    };

    /// <summary>The last request starts before the answer to the one before it has begun.</summary>
    private static bool Overtake(Disturbance it, Draft last)
    {
        var late = it.Earlier[^1];
        it.Control = last.Copy() with { At = late.At + TimeSpan.FromSeconds(100) };
        it.Earlier[^1] = late with { AnswerAfter = TimeSpan.FromSeconds(it.Chance.Next(20, 60)) };
        it.Last = it.Control.Copy() with { At = late.At + TimeSpan.FromSeconds(it.Chance.Next(1, 20)) };
        return true;
    }

    private static Mutation Lost(string name, int count) => new(name, CorpusReasons.ProviderEvicted, it =>
    {
        it.Last = it.Last with { EvictsBefore = count };
        return true;
    });
}
