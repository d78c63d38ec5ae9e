using Telemetry.Handler.Caching.Replaying;

namespace CostReport.Cli.Whatifs.Answering;

/// <summary>How well playing calls again, with nothing different, gives what was measured.</summary>
internal sealed class ReplayQuality
{
    /// <summary>Calls that were played.</summary>
    public long Calls { get; private set; }

    /// <summary>Calls of which it was foreseen what they read.</summary>
    public long Foreseen { get; private set; }

    /// <summary>Tokens that were read.</summary>
    public long ReadTokens { get; private set; }

    /// <summary>Tokens by which the figures differ, either way.</summary>
    public long DifferingTokens { get; private set; }

    /// <summary>Calls of which a place in the prompt had to be estimated.</summary>
    public long Estimated { get; private set; }

    /// <summary>Calls whose answers do not tell of the cache.</summary>
    public long NotTold { get; private set; }

    /// <summary>Calls whose usage is a sum over several prompts.</summary>
    public long SeveralPrompts { get; private set; }

    /// <summary>Calls without a stored prompt, and where that helps, without a conversation's name.</summary>
    public long NoPrompt { get; private set; }

    /// <summary>Calls that were cached without a breakpoint of their own.</summary>
    public long NoBreakpoint { get; private set; }

    /// <summary>Calls that keep what they read and wrote.</summary>
    public long LeftOut => NotTold + SeveralPrompts + NoPrompt + NoBreakpoint;

    /// <summary>Adds a call.</summary>
    /// <param name="call">What became of it.</param>
    /// <param name="read">What it read.</param>
    public void Add(in ReplayedCall call, long read)
    {
        switch (call.LeftOut)
        {
            case LeftOutReason.NotTold: NotTold++; break;
            case LeftOutReason.SeveralPrompts: SeveralPrompts++; break;
            case LeftOutReason.NoPrompt: NoPrompt++; break;
            case LeftOutReason.NoBreakpoint: NoBreakpoint++; break;
            default:
                Calls++;
                Foreseen += call.IsForeseen ? 1 : 0;
                Estimated += call.IsEstimated ? 1 : 0;
                ReadTokens += read;
                DifferingTokens += call.IsForeseen ? 0 : Math.Abs(call.ForeseenRead - read);
                break;
        }
    }
}
