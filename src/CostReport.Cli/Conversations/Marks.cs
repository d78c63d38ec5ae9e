using CostLedger.Querying.Conversations;

namespace CostReport.Cli.Conversations;

/// <summary>What a reader should know of a conversation, in words.</summary>
internal static class Marks
{
    /// <summary>The marks of a conversation.</summary>
    public static IReadOnlyList<string> Of(Conversation conversation)
    {
        var marks = new List<string>();
        void Add(bool holds, string mark)
        {
            if (holds)
            {
                marks.Add(mark);
            }
        }

        Add(conversation.IsForked, "forked");
        Add(conversation.IsEdited, "edited");
        Add(conversation.IsReframed, "reframed");
        Add(conversation.IsCompacted, "compacted");
        Add(conversation.Loops.Count > 0, "loop");
        return marks;
    }

    /// <summary>How a turn goes on.</summary>
    public static string Name(ConversationChange change) => change switch
    {
        ConversationChange.Start => "start",
        ConversationChange.Continued => "continued",
        ConversationChange.Forked => "forked",
        ConversationChange.Reframed => "reframed",
        ConversationChange.Edited => "edited",
        ConversationChange.Compacted => "compacted",
        _ => "unknown",
    };
}
