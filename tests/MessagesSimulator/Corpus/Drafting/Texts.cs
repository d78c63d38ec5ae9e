using System.Text;

namespace MessagesSimulator.Corpus.Drafting;

/// <summary>Says something of a wanted length.</summary>
internal sealed class Texts(Random chance)
{
    private static readonly string[] s_words =
    [
        "order", "ledger", "harbour", "invoice", "signal", "river", "shipment", "café", "customer", "engine", "window", "the", "a",
        "of", "with", "before", "after", "never", "always", "report", "value", "garden", "Zürich", "station", "paper", "number", "second",
        "and", "or", "checks", "returns", "moves", "asks", "holds", "keeps", "opens", "naïve", "table", "update", "request",
    ];

    public string OfTokens(int tokens)
    {
        var text = new StringBuilder();
        for (var words = 0; text.Length < tokens * 4; words++)
        {
            text.Append(s_words[chance.Next(s_words.Length)]).Append(words % 11 == 10 ? ". " : " ");
        }

        return text.ToString().TrimEnd();
    }

    public string Id(string prefix) =>
        prefix + string.Create(22, chance, static (chars, chance) => chance.GetItems("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz", chars));
}
