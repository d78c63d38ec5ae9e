using System.Text;
using System.Text.Json.Nodes;
using MessagesSimulator.Corpus.Drafting;
using MessagesSimulator.Prompts;

namespace MessagesSimulator.Corpus.Mutating;

/// <summary>A conversation that is being disturbed, and what is to be said of it.</summary>
internal sealed class Disturbance
{
    public Disturbance(Conversation conversation)
    {
        Conversation = conversation;
        Earlier = [.. conversation.Drafts.SkipLast(1).Select(draft => draft.Copy())];
        Control = conversation.Drafts[^1];
        Last = Control.Copy();
    }

    public Conversation Conversation { get; }

    public Random Chance => Conversation.Chance;

    /// <summary>The requests before the last.</summary>
    public List<Draft> Earlier { get; }

    /// <summary>The last request, which is to be changed.</summary>
    public Draft Last { get; set; }

    /// <summary>The last request as it would have been.</summary>
    public Draft Control { get; set; }

    /// <summary>The model of the control; null: that of the conversation.</summary>
    public CorpusModel? ControlModel { get; set; }

    /// <summary>How many blocks, from the first on, are as the cache knows them.</summary>
    public int Intact { get; private set; } = int.MaxValue;

    /// <summary>The level of the change; null: it is no level's.</summary>
    public PromptLevel? Cause { get; private set; }

    /// <summary>The place of the block that differs.</summary>
    public (PromptLevel Level, int Index)? Place { get; private set; }

    public int? TextByte { get; private set; }

    /// <summary>Whether the last request makes the model forget its thoughts.</summary>
    public bool ForgetsThinking { get; set; }

    /// <summary>A block differs, and so all behind it.</summary>
    /// <param name="level">Its level.</param>
    /// <param name="index">Its place there.</param>
    /// <returns>True: the mutation is done.</returns>
    public bool Differs(PromptLevel level, int index)
    {
        (Place, Cause) = ((level, index), level);
        Intact = Before(level) + index;
        return true;
    }

    /// <summary>All from a level on is lost, and no block differs. From the tools on it is everything, and no level's change.</summary>
    /// <param name="level">The level.</param>
    /// <returns>True: the mutation is done.</returns>
    public bool Loses(PromptLevel level)
    {
        (Intact, Cause) = (Before(level), level == PromptLevel.Tools ? null : level);
        return true;
    }

    /// <summary>All from a block of the messages on is lost, though it is no change of the client's.</summary>
    /// <param name="position">The place of the block among all.</param>
    /// <returns>True: the mutation is done.</returns>
    public bool LosesFrom(int position)
    {
        (Intact, Cause) = (position, PromptLevel.Messages);
        return true;
    }

    /// <summary>Changes a word of a text.</summary>
    /// <param name="holder">What has the text.</param>
    /// <param name="member">The text's name.</param>
    public void Reword(JsonObject holder, string member)
    {
        var text = (string)holder[member]!;
        var at = text.IndexOf(' ', Chance.Next(text.Length * 3 / 4)) + 1;
        Rewrite(holder, member, text[..at] + "entirely " + text[at..]);
    }

    /// <summary>Puts a text in the place of another.</summary>
    /// <param name="holder">What has the text.</param>
    /// <param name="member">The text's name.</param>
    /// <param name="text">The new text.</param>
    public void Rewrite(JsonObject holder, string member, string text)
    {
        var (before, after) = (Encoding.UTF8.GetBytes((string)holder[member]!), Encoding.UTF8.GetBytes(text));
        holder[member] = text;
        TextByte = before.AsSpan().CommonPrefixLength(after);
    }

    /// <summary>The place of a message's block among all blocks of messages.</summary>
    /// <param name="message">The message.</param>
    /// <param name="block">Its block.</param>
    /// <returns>The place.</returns>
    public int IndexOf(int message, int block) => Last.Messages.Take(message).Sum(before => before!["content"]!.AsArray().Count) + block;

    private int Before(PromptLevel level) => level switch
    {
        PromptLevel.Tools => 0,
        PromptLevel.System => Control.Tools.Count,
        _ => Control.Tools.Count + Control.System.Count,
    };
}
