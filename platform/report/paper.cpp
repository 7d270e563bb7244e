#include "platform/report/paper.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "platform/status/status.h"

#ifdef __SANITIZE_ADDRESS__
// fontconfig hides the pointers to its cache from the leak checker. platform/pg has the same where it is linked too.
extern "C" __attribute__((weak)) const char* __lsan_default_suppressions() { return "leak:libfontconfig\n"; }
#endif

namespace lintel::report {
namespace {

constexpr double kPointsPerMm = 72.0 / 25.4;
constexpr double kSmallestScale = 0.5;
constexpr char kCreated[] = "2000-01-01T00:00:00Z";  // The same content gives the same bytes.

struct ObjectCloser {
  void operator()(gpointer object) const { g_object_unref(object); }
};
struct DescriptionCloser {
  void operator()(PangoFontDescription* description) const { pango_font_description_free(description); }
};
using Description = std::unique_ptr<PangoFontDescription, DescriptionCloser>;
using Layout = std::unique_ptr<PangoLayout, ObjectCloser>;

cairo_status_t Append(void* bytes, const unsigned char* data, unsigned length) {
  static_cast<std::string*>(bytes)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

PangoAlignment ToPango(Align align) {
  if (align == Align::kCenter) return PANGO_ALIGN_CENTER;
  return align == Align::kRight ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT;
}

}  // namespace

struct Paper::Impl {
  std::string bytes;
  std::string font;
  cairo_surface_t* surface = nullptr;
  cairo_t* cairo = nullptr;
  std::unique_ptr<PangoContext, ObjectCloser> context;

  ~Impl() {
    context.reset();
    if (cairo != nullptr) cairo_destroy(cairo);
    if (surface != nullptr) cairo_surface_destroy(surface);
  }

  Layout MakeLayout(const std::string& text, double points, const TextStyle& style) const {
    Layout layout(pango_layout_new(context.get()));
    const Description description(pango_font_description_new());
    pango_font_description_set_family(description.get(), font.c_str());
    pango_font_description_set_absolute_size(description.get(), points * PANGO_SCALE);
    pango_font_description_set_weight(description.get(), style.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(layout.get(), description.get());
    pango_layout_set_text(layout.get(), text.c_str(), static_cast<int>(text.size()));
    pango_layout_set_alignment(layout.get(), ToPango(style.align));
    return layout;
  }

  // A layout that fits the box by the style's rule.
  Layout Fit(const Box& box, const std::string& text, const TextStyle& style) const {
    const int width = static_cast<int>(box.width * kPointsPerMm * PANGO_SCALE);
    Layout layout = MakeLayout(text, style.points, style);
    int natural = 0;
    pango_layout_get_size(layout.get(), &natural, nullptr);
    if (!style.wrap && natural > width && width > 0) {
      const double scale = std::max(kSmallestScale, static_cast<double>(width) / natural * 0.99);
      layout = MakeLayout(text, style.points * scale, style);
      pango_layout_set_ellipsize(layout.get(), PANGO_ELLIPSIZE_END);
    }
    pango_layout_set_width(layout.get(), width);
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    if (style.wrap && box.height > 0) {
      pango_layout_set_height(layout.get(), static_cast<int>(box.height * kPointsPerMm * PANGO_SCALE));
      pango_layout_set_ellipsize(layout.get(), PANGO_ELLIPSIZE_END);
    }
    return layout;
  }

  // Fontconfig answers any request with its nearest font; ours must be the one that was asked for.
  bool HasFont() const {
    const Description wanted(pango_font_description_from_string(font.c_str()));
    const std::unique_ptr<PangoFont, ObjectCloser> loaded(pango_context_load_font(context.get(), wanted.get()));
    if (!loaded) return false;
    const Description found(pango_font_describe(loaded.get()));
    const char* family = pango_font_description_get_family(found.get());
    return family != nullptr && font == family;
  }
};

Paper::Paper(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Paper::Paper(Paper&&) noexcept = default;
Paper::~Paper() = default;

absl::StatusOr<Paper> Paper::Open(double width_mm, double height_mm, const std::string& font) {
  auto impl = std::make_unique<Impl>();
  impl->font = font;
  impl->surface =
      cairo_pdf_surface_create_for_stream(&Append, &impl->bytes, width_mm * kPointsPerMm, height_mm * kPointsPerMm);
  cairo_pdf_surface_set_metadata(impl->surface, CAIRO_PDF_METADATA_CREATE_DATE, kCreated);
  impl->cairo = cairo_create(impl->surface);
  impl->context.reset(pango_cairo_create_context(impl->cairo));
  pango_context_set_language(impl->context.get(), pango_language_from_string("zh-cn"));
  if (!impl->HasFont()) {
    return WithReason(absl::StatusCode::kUnavailable, "FONT_MISSING",
                      absl::StrCat("The font ", font, " is not installed."), {{"font", font}});
  }
  return Paper(std::move(impl));
}

absl::Status Paper::Text(const Box& box, const std::string& text, const TextStyle& style) {
  if (text.empty()) return absl::OkStatus();
  const Layout layout = impl_->Fit(box, text, style);
  if (pango_layout_get_unknown_glyphs_count(layout.get()) > 0) {
    return WithReason(absl::StatusCode::kInvalidArgument, "GLYPH_MISSING",
                      absl::StrCat("No font has all characters of: ", text), {{"text", text}});
  }
  cairo_set_source_rgb(impl_->cairo, style.grey, style.grey, style.grey);
  cairo_move_to(impl_->cairo, box.x * kPointsPerMm, box.y * kPointsPerMm);
  pango_cairo_show_layout(impl_->cairo, layout.get());
  return absl::OkStatus();
}

void Paper::Line(double x1, double y1, double x2, double y2, double width_mm) {
  cairo_set_source_rgb(impl_->cairo, 0, 0, 0);
  cairo_set_line_width(impl_->cairo, width_mm * kPointsPerMm);
  cairo_move_to(impl_->cairo, x1 * kPointsPerMm, y1 * kPointsPerMm);
  cairo_line_to(impl_->cairo, x2 * kPointsPerMm, y2 * kPointsPerMm);
  cairo_stroke(impl_->cairo);
}

void Paper::Rectangle(const Box& box, double width_mm) {
  cairo_set_source_rgb(impl_->cairo, 0, 0, 0);
  cairo_set_line_width(impl_->cairo, width_mm * kPointsPerMm);
  cairo_rectangle(impl_->cairo, box.x * kPointsPerMm, box.y * kPointsPerMm, box.width * kPointsPerMm,
                  box.height * kPointsPerMm);
  cairo_stroke(impl_->cairo);
}

void Paper::Fill(const Box& box, double grey) {
  cairo_set_source_rgb(impl_->cairo, grey, grey, grey);
  cairo_rectangle(impl_->cairo, box.x * kPointsPerMm, box.y * kPointsPerMm, box.width * kPointsPerMm,
                  box.height * kPointsPerMm);
  cairo_fill(impl_->cairo);
}

double Paper::HeightOf(const std::string& text, double width_mm, const TextStyle& style) {
  int height = 0;
  pango_layout_get_size(impl_->Fit({.width = width_mm}, text, style).get(), nullptr, &height);
  return height / (kPointsPerMm * PANGO_SCALE);
}

double Paper::WidthOf(const std::string& text, const TextStyle& style) {
  int width = 0;
  pango_layout_get_size(impl_->MakeLayout(text, style.points, style).get(), &width, nullptr);
  return width / (kPointsPerMm * PANGO_SCALE);
}

void Paper::NextPage() { cairo_show_page(impl_->cairo); }

void Paper::Shift(double x_mm, double y_mm) { cairo_translate(impl_->cairo, x_mm * kPointsPerMm, y_mm * kPointsPerMm); }

absl::StatusOr<std::string> Paper::Finish() {
  cairo_surface_finish(impl_->surface);
  const cairo_status_t status = cairo_surface_status(impl_->surface);
  if (status != CAIRO_STATUS_SUCCESS) return absl::InternalError(cairo_status_to_string(status));
  return std::move(impl_->bytes);
}

}  // namespace lintel::report
