namespace Tidy.Tests.Repository;

/// <summary>A broken rule: where, and what to do about it.</summary>
/// <param name="Path">The file, from the repository's root.</param>
/// <param name="Line">The line, from 1; 0 for the whole file.</param>
/// <param name="Advice">What is wrong and what to do.</param>
internal readonly record struct Finding(string Path, int Line, string Advice)
{
    public override string ToString() => Line == 0 ? $"{Path}: {Advice}" : $"{Path}:{Line}: {Advice}";
}
