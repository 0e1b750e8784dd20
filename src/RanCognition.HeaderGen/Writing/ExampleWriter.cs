namespace RanCognition.HeaderGen.Writing;

/// <summary>native-tests/abi/example_from_header.c: the header's first example, for tests that compile and link it in many ways.</summary>
internal static class ExampleWriter
{
    public static string Write() => $"/* {ManualText.GeneratedLine} */\n{ExampleText.Read(ExampleText.First)}\n";
}
