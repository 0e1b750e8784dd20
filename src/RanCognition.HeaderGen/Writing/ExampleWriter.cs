namespace RanCognition.HeaderGen.Writing;

/// <summary>native-tests/abi/example_from_header.c: the header's example, to be compiled and run.</summary>
internal static class ExampleWriter
{
    public static string Write() => $"/* {ManualText.GeneratedLine} */\n{ManualText.Example}\n";
}
