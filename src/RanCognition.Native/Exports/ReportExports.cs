using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using RanCognition.Json;
using RanCognition.Native.Boundary;
using RanCognition.Reporting;

namespace RanCognition.Native.Exports;

/// <summary>Results as a page for people.</summary>
[HeaderChapter(41, "Report")]
internal static unsafe class ReportExports
{
    // A tree of the whole text is built, of up to 17 times its size.
    private const long ResultBytesMax = 64L << 20;

    /// <summary>Renders any JSON result of the library as one self-contained HTML page: opens offline, light and dark, prints.</summary>
    /// <param name="result">UTF-8 JSON, at most 64 MiB: the bytes of a result, without its length prefix. Ask for "include_timeline": true to get the charts.</param>
    /// <param name="resultLength">Its length in bytes.</param>
    /// <returns>
    /// Result buffer with UTF-8 HTML, owned by the caller; release with rancog_buffer_free. On failure the error JSON (RANCOG_E_INVALID_JSON, RANCOG_E_INVALID_ARGUMENT, RANCOG_E_LIMIT).
    /// NULL only when memory is exhausted.
    /// </returns>
    [Since("0.1")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_report_render", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* Render(byte* result, nuint resultLength)
    {
        try
        {
            Gate.Enter();
            ReadOnlySpan<byte> input = NativeInput.Require(result, resultLength, "result", ResultBytesMax);
            using JsonDocument document = JsonIn.Document(input, "result");
            return ResultBuffer.Copy(HtmlReport.Render(document.RootElement));
        }
        catch (Exception error)
        {
            return ResultBuffer.WriteError(Failure.Record(error));
        }
    }
}
