using FsCheck;
using FsCheck.Fluent;
using RanCognition.Memory.Sharing;

namespace RanCognition.Tests.Memory.Sharing;

public class CellTextTests
{
    [Fact]
    public void Text_comes_back_as_it_was_and_holds_no_zero_character_in_between()
    {
        Gen<string> texts = Gen.Elements('\\', '\0', '0', 'a', 'ü').ArrayOf().Select(letters => new string(letters));
        Prop.ForAll(texts.ToArbitrary(), text =>
        {
            string escaped = CellText.Escape(text);
            return CellText.Unescape(escaped) == text && !escaped.Contains('\0');
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Plain_text_stays_as_it_is() => Assert.Equal("NRCellDU=1/a b", CellText.Escape("NRCellDU=1/a b"));
}
