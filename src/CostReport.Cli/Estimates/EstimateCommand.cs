using CostLedger.Records;
using CostReport.Cli.Arguments;
using CostReport.Cli.Documents;
using CostReport.Cli.Estimates.Answering;
using CostReport.Cli.Estimates.Inputs;
using CostReport.Cli.Estimates.Showing;
using CostReport.Cli.Output;
using CostReport.Cli.World;

namespace CostReport.Cli.Estimates;

/// <summary>Tokens and cost of requests before they are sent.</summary>
internal static class EstimateCommand
{
    /// <summary>Runs the command.</summary>
    public static ExitCode Run(Invocation invocation, ParsedLine line, Surroundings surroundings)
    {
        var options = EstimateOptions.Read(line, invocation);
        PriceFileOption.RejectFaulty(invocation, surroundings);
        var estimator = new RequestEstimator(surroundings.Prices.Book(invocation.Prices), options, surroundings);
        using var stream = InputFile.Open(options.File, surroundings);
        var tally = new Tally();
        try
        {
            if (options.JsonLines)
            {
                ManyOutput.Write(invocation, options, surroundings, tally.Count(Lines.Answers(stream, estimator)), tally);
                return Conclude(tally, options, invocation, surroundings);
            }

            var found = RequestFinder.Find(InputFile.ReadAll(stream)).ToList();
            if (found.Count > 1 && options.Entry is null && found.TrueForAll(request => request.IsBatch))
            {
                ManyOutput.Write(invocation, options, surroundings, tally.Count(found.Select(request => estimator.Answer(request))), tally);
                return Conclude(tally, options, invocation, surroundings);
            }

            One(invocation, surroundings, options, estimator, found, tally);
            return Conclude(tally, options, invocation, surroundings);
        }
        catch (UserError error)
        {
            // "the file 'x' is no JSON", but "--compare 'x' matches no model": only what is said of the file needs its name.
            throw new UserError(error.Code, error.Message.StartsWith("--", StringComparison.Ordinal) ? error.Message : $"{InputFile.Describe(options.File)} {error.Message}");
        }
    }

    private static void One(
        Invocation invocation, Surroundings surroundings, EstimateOptions options, RequestEstimator estimator, List<FoundRequest> found, Tally tally)
    {
        if (options.Entry > found.Count)
        {
            throw UserError.Usage($"has {Figures.Count(found.Count, "request")}; --entry {options.Entry} is none of them");
        }

        var place = (options.Entry ?? 1) - 1;
        var answer = tally.Count([estimator.Estimate(found[place])]).Single();
        switch (invocation.Format)
        {
            case OutputFormat.Json:
                ReportWriter.Bytes(surroundings, stream => EstimateJson.WriteLine(stream, answer, estimator.Book.Version));
                break;
            case OutputFormat.Csv:
                ReportWriter.Text(surroundings, writer => CsvOutput.Write(writer, EstimateData.Of(answer)));
                break;
            default:
                ReportWriter.People(invocation, surroundings, EstimateReport.Of(answer, options, estimator.Book.Version, (place + 1, found.Count)));
                break;
        }
    }

    private static ExitCode Conclude(Tally tally, EstimateOptions options, Invocation invocation, Surroundings surroundings)
    {
        var code = ExitCode.Fine;
        if (tally.Failed > 0)
        {
            code = ExitCode.No;
            Say(surroundings, $"{Figures.Count(tally.Failed)} of {Figures.Count(tally.Requests, "request")} cannot be estimated; their answers say why");
        }

        if (tally.Unpriced > 0)
        {
            code = ExitCode.No;
            if (options.IsJson(invocation) || !ReportWriter.IsForPeople(invocation))
            {
                Say(surroundings, $"{Figures.Count(tally.Unpriced)} of {Figures.Count(tally.Requests, "request")} {(tally.Unpriced == 1 ? "has" : "have")} no price; the warnings say why");
            }
        }

        if (options.MaxCost is { } most && tally.Cost > most)
        {
            code = ExitCode.No;
            Say(surroundings, $"over the budget: the estimate is {Dollars(tally.Cost)}, --max-cost allows {Dollars(most)}");
        }

        return code;
    }

    private static string Dollars(NanoUsd amount) => $"${Figures.Exact((decimal)amount.Value / NanoUsd.PerDollar, 2)}";

    private static void Say(Surroundings surroundings, string text) => surroundings.Errors.Write($"costreport: {SafeText.Clean(text)}\n");
}
