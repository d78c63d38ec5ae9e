using System.Reflection;
using Testing;
using Tidy.Tests.PublicApi.Specimens;
using Xunit;

namespace Tidy.Tests.PublicApi;

/// <summary>What users can name is a decision: a person approves the text of it (run with APPROVE=1, then read the change).</summary>
public sealed class ApiTextTests
{
    private const string OfSpecimen = """
          class SpecimenException : Exception, IDisposable
            static readonly IReadOnlyDictionary<string, IList<string?>> Items
            const string Name = "a"
            new(string? name = null, int size = 3)
            int Count { get; }
            required long? Size { get; init; }
            event EventHandler? Changed
            protected virtual void Dispose(bool disposing)
            void Dispose()
            override string ToString()
            static bool TryParse(string text, out SpecimenException? value)

        """;

    [Theory]
    [InlineData("CostLedger")]
    [InlineData("Telemetry.Handler")]
    [InlineData("costreport")]
    public void The_public_api_is_the_approved_one(string assembly) =>
        Approval.Verify(ApiText.Of(Assembly.Load(assembly)), $"{assembly}.txt");

    [Fact]
    public void Every_kind_of_member_is_shown() => Assert.Equal(OfSpecimen, ApiText.Of(typeof(SpecimenException)));

    [Theory]
    [InlineData(typeof(SpecimenRecord), "  sealed record SpecimenRecord\n    new(int A)\n    int A { get; init; }\n")]
    [InlineData(typeof(SpecimenMode), "  [Flags] enum SpecimenMode : byte\n    None = 0\n    Some = 4\n")]
    [InlineData(typeof(SpecimenCall<>), "  delegate int? SpecimenCall<T>(in T item)\n")]
    [InlineData(typeof(SpecimenSteps), "  static class SpecimenSteps\n    static bool Allows(SpecimenMode mode = SpecimenMode.Some)\n    static T First<T>(this IEnumerable<T> items, params string[] names)\n")]
    public void Every_kind_of_type_is_shown(Type type, string text) => Assert.Equal(text, ApiText.Of(type));
}
