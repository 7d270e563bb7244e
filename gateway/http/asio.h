// Asio and Beast with what their 1.74 release forgets to include. Only .cpp files of this folder include this.
#pragma once

#include <utility>  // asio/awaitable.hpp uses std::exchange without it.

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/tcp_stream.hpp>

namespace lintel::gateway {

namespace asio = boost::asio;
namespace beast = boost::beast;
using boost::system::error_code;
using tcp = asio::ip::tcp;

}  // namespace lintel::gateway
